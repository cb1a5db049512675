import { and, or, type Truth } from "../../snapshot/logic.ts";
import { withoutMarks } from "../../snapshot/stand-in.ts";
import { isUnknown, openEnd, type Unknown, unknown } from "../../snapshot/unknown.ts";
import type { Join } from "../join.ts";
import type { PolicyDocument } from "../policy-document/document.ts";
import { allowsAny } from "../policy-document/judge.ts";
import { principalsAllowed } from "../policy-document/principals-allowed.ts";
import type { Context, Principal } from "../policy-document/request.ts";
import { type Asked, type Candidate, candidates } from "./candidates.ts";
import { ofStranger } from "./service-context.ts";

/** Somebody from outside, and whether the document really lets them in. */
export type Foreigner = { name: string; isLetIn: Truth };

/** How many from outside are looked at in one document. */
const MOST = 100;

/** Who from outside a document lets in by name; everyone at once is not told apart here. */
export function foreigners(join: Join, document: PolicyDocument, asked: Asked): Foreigner[] {
  const found = new Map<string, Truth>();
  const all = outsiders(join, document, asked);
  for (const each of all.slice(0, MOST)) {
    const isLetIn = and(each.isForeign, letIn(document, asked, each));
    found.set(each.name, or(found.get(each.name) ?? false, isLetIn));
  }
  const list = [...found].map(([name, isLetIn]) => ({ name, isLetIn }));
  return all.length > MOST ? [...list, { name: "others", isLetIn: tooMany() }] : list;
}

/** Those whom its statements may mean, as far as they may be from outside. */
const outsiders = (join: Join, document: PolicyDocument, asked: Asked): Candidate[] =>
  principalsAllowed(document, asked.actions)
    .flatMap(({ principal, bounds }) => candidates(join, { principal, bounds, asked }))
    .filter(({ isForeign }) => isForeign !== false);

/** An account, or somebody else, who may be from outside, and whether each action is allowed. */
export type Guest = { name: string; isForeign: Truth; may: Map<string, Truth> };

/**
 * Who may be from outside and is let in, by account where there is one, action by action and whether
 * or not they really are from outside.
 */
export function guests(join: Join, document: PolicyDocument, asked: Asked): Map<string, Guest> {
  const found = new Map<string, Guest>();
  for (const action of asked.actions) {
    const one = { ...asked, actions: [action] };
    const all = outsiders(join, document, one);
    const add = (name: string, isForeign: Truth, isLetIn: Truth) => {
      const guest = found.get(name) ?? { name, isForeign, may: new Map() };
      guest.may.set(action, or(guest.may.get(action) ?? false, isLetIn));
      found.set(name, guest);
    };
    for (const each of all.slice(0, MOST)) {
      add(accountOf(each), each.isForeign, letIn(document, one, each));
    }
    if (all.length > MOST) add("others", tooMany(), true);
  }
  return found;
}

/** Whoever administers an account can be each of its users and roles. */
function accountOf({ name, principal }: Candidate): string {
  if (principal.kind === "account") return withoutMarks(principal.id);
  return principal.kind === "arn" ? withoutMarks(principal.arn.split(":")[4] || name) : name;
}

const tooMany = (): Unknown =>
  unknown("unsupported", { detail: `more than ${MOST} principals from outside in one policy` });

/** Whether the document lets in an account that it does not name. */
export function letsAnyoneIn(document: PolicyDocument, asked: Asked): Truth {
  const principal: Principal = { kind: "stranger", partition: asked.partition };
  return letIn(document, asked, { principal, context: ofStranger });
}

/** What anybody at all may do. */
export function everybody(document: PolicyDocument, asked: Asked): Guest {
  const isLetIn = (action: string) => letsAnyoneIn(document, { ...asked, actions: [action] });
  return {
    name: "everybody",
    isForeign: true,
    may: new Map(asked.actions.map((action) => [action, isLetIn(action)])),
  };
}

/** The list of those let in; where that is not known of some, with an open end. */
export function namesOf(all: readonly Foreigner[], open: Unknown | null): (string | Unknown)[] {
  const names = all.filter(({ isLetIn }) => isLetIn === true).map(({ name }) => name);
  const doubts = all.map(({ isLetIn }) => isLetIn).filter(isUnknown);
  const markers = open === null ? doubts : [...doubts, open];
  const sure = [...new Set(names)].sort();
  return [...sure, ...openEnd(markers)];
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
