import { and, or, type Truth } from "../../snapshot/logic.ts";
import { isUnknown, merged, type Unknown, unknown, unknownMore } from "../../snapshot/unknown.ts";
import type { Join } from "../join.ts";
import type { PolicyDocument } from "../policy-document/document.ts";
import { allowsAny } from "../policy-document/judge.ts";
import { principalsAllowed } from "../policy-document/principals-allowed.ts";
import type { Context, Principal } from "../policy-document/request.ts";
import { type Asked, candidates } from "./candidates.ts";
import { ofStranger } from "./service-context.ts";

/** Somebody from outside, and whether the document really lets them in. */
export type Foreigner = { name: string; isLetIn: Truth };

/** How many from outside are looked at in one document. */
const MOST = 100;

/** Who from outside a document lets in by name; everyone at once is not told apart here. */
export function foreigners(join: Join, document: PolicyDocument, asked: Asked): Foreigner[] {
  const found = new Map<string, Truth>();
  const all = principalsAllowed(document, asked.actions)
    .flatMap(({ principal, bounds }) => candidates(join, { principal, bounds, asked }))
    .filter(({ isForeign }) => isForeign !== false);
  for (const each of all.slice(0, MOST)) {
    const isLetIn = and(each.isForeign, letIn(document, asked, each));
    found.set(each.name, or(found.get(each.name) ?? false, isLetIn));
  }
  const list = [...found].map(([name, isLetIn]) => ({ name, isLetIn }));
  return all.length > MOST ? [...list, { name: "others", isLetIn: tooMany() }] : list;
}

const tooMany = (): Unknown =>
  unknown("unsupported", { detail: `more than ${MOST} principals from outside in one policy` });

/** Whether the document lets in an account that it does not name. */
export function letsAnyoneIn(document: PolicyDocument, asked: Asked): Truth {
  const principal: Principal = { kind: "stranger", partition: asked.partition };
  return letIn(document, asked, { principal, context: ofStranger });
}

/** The list of those let in; where that is not known of some, with an open end. */
export function namesOf(all: readonly Foreigner[], open: Unknown | null): (string | Unknown)[] {
  const names = all.filter(({ isLetIn }) => isLetIn === true).map(({ name }) => name);
  const doubts = all.map(({ isLetIn }) => isLetIn).filter(isUnknown);
  const markers = open === null ? doubts : [...doubts, open];
  const sure = [...new Set(names)].sort();
  return markers.length === 0 ? sure : [...sure, unknownMore(merged(markers))];
}

function letIn(
  document: PolicyDocument,
  { actions, resources }: Asked,
  { principal, context }: { principal: Principal; context: Context },
): Truth {
  return or(
    ...actions.flatMap((action) =>
      resources.map((resource) => allowsAny(document, { action, resource, principal, context })),
    ),
  );
}
