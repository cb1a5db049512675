import { and, not, type Truth } from "../../snapshot/logic.ts";
import { isUnknown, merged, type Unknown, unknown } from "../../snapshot/unknown.ts";
import { conditionExtent } from "./condition.ts";
import type { Condition, Listed, PolicyDocument, Statement } from "./document.ts";
import { ALL, both, type Extent, either, inverse } from "./extent.ts";
import { arnExtent, globExtent } from "./glob.ts";
import { principalExtent } from "./principal.ts";
import { type Context, contextOf, type PolicyRequest } from "./request.ts";

/** How far the statements of one effect are about the requests, and which of them may be. */
export type Judged = Extent & { by: readonly Statement[] };

/** What the statements that allow say, and apart from them those that deny. */
export function judge(
  { statements }: PolicyDocument,
  request: PolicyRequest,
): { allowed: Judged; denied: Judged } {
  const of = (effect: Statement["effect"]) =>
    together(
      statements.filter((each) => each.effect === effect),
      request,
    );
  return { allowed: of("Allow"), denied: of("Deny") };
}

/** Whether the document allows every one of the requests: an explicit deny of any of them wins. */
export function allows(document: PolicyDocument, request: PolicyRequest): Truth {
  const { allowed, denied } = judge(document, request);
  return and(allowed.always, not(denied.ever));
}

/** Whether the document allows at least one of the requests, which nothing in it denies. */
export function allowsAny(document: PolicyDocument, request: PolicyRequest): Truth {
  const { allowed, denied } = judge(document, request);
  if (allowed.ever === false || denied.always === true) return false;
  if (denied.ever === false) return allowed.ever;
  if (allowed.always === true && denied.always === false) return true;
  const markers = [allowed.ever, denied.always, denied.ever].filter(isUnknown);
  return markers.length > 0
    ? merged(markers)
    : unknown("unresolved", { detail: "what a deny leaves" });
}

/**
 * How far one statement is about the requests; `reach`: whether it is about all but for its
 * conditions. `conditions`: judged instead of its own.
 */
export function statementExtent(
  statement: Statement,
  request: PolicyRequest,
  conditions: readonly Condition[] = statement.conditions,
): Extent & { reach: Truth } {
  const { actions, resources, principals } = statement;
  const action = request.action.toLowerCase();
  const outer = both([
    listedExtent(actions, (pattern) => globExtent(pattern, action)),
    resources === null ? ALL : listedExtent(resources, (each) => resourceExtent(each, request)),
    principalExtent(principals, request.principal),
  ]);
  const reach = outer.always;
  if (outer.ever === false) return { ...outer, reach };
  return { ...both([outer, conditionsExtent(conditions, contextOf(request))]), reach };
}

function listedExtent({ not, values }: Listed, extent: (value: string) => Extent): Extent {
  const found = either(values.map(extent));
  return not ? inverse(found) : found;
}

function resourceExtent(pattern: string, { resource }: PolicyRequest): Extent {
  if (!pattern.includes("${")) return arnExtent(pattern, resource);
  const marker = unknown("unsupported", { detail: `policy variables in ${pattern.slice(0, 200)}` });
  return { always: marker, ever: marker };
}

/** Two conditions on one key may exclude each other, although each can hold. */
function conditionsExtent(conditions: readonly Condition[], context: Context): Extent {
  const extents = conditions.map((each) => conditionExtent(each, context));
  const { always, ever } = both(extents);
  const partial = conditions.filter((_, index) => extents[index]?.always !== true);
  const keys = new Set(partial.map(({ key }) => key));
  return { always, ever: keys.size < partial.length && ever === true ? clash() : ever };
}

function together(statements: readonly Statement[], request: PolicyRequest): Judged {
  const extents = statements.map((each) => statementExtent(each, request));
  const { always, ever } = either(extents);
  const by = statements.filter((_, index) => extents[index]?.ever !== false);
  const partial = extents.filter(
    ({ always: whole, ever: some, reach }) => some !== false && whole !== true && reach !== false,
  );
  // By conditions one may be about what another leaves out: together they are about everything.
  return { always: always === false && partial.length > 1 ? pieces() : always, ever, by };
}

const clash = (): Unknown =>
  unknown("unresolved", { detail: "whether conditions on one key can hold together" });
const pieces = (): Unknown =>
  unknown("unresolved", { detail: "whether several statements together are about everything" });
