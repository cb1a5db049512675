import type { Truth } from "../../snapshot/logic.ts";
import { conditionExtent, hasVariable, isNegated } from "./condition.ts";
import type { Condition, PolicyDocument, Statement } from "./document.ts";
import { ANY, arnExtent, globExtent } from "./glob.ts";
import { judge, statementExtent } from "./judge.ts";
import { type Context, contextOf, type PolicyRequest } from "./request.ts";

/**
 * Keys that tell principals of one account apart, and what a value must look like that can leave out
 * only some of them. Keys that mean whole accounts or organizations may leave out everybody.
 */
const WHO: readonly { key: RegExp; narrow: RegExp }[] = [
  { key: /^aws:principalarn$/, narrow: /^arn:/ },
  { key: /^aws:principaltag\//, narrow: /^/ },
  { key: /^aws:userid$/, narrow: /^[A-Z0-9]{12}/ },
  { key: /^aws:username$/, narrow: /^[^*?]{3}/ },
];
const ARN = "aws:principalarn";

/** Whether requests are denied, but for those of some principals. */
export type Denial = {
  /** Whether every one of the requests is denied to everybody else. */
  denied: Truth;
  /** Whom conditions leave out: ARNs as they are written, wildcards and all, else `key value`. */
  exceptPrincipals: string[];
  /** The statements that deny. */
  by: Statement[];
};

/**
 * Whether the document denies every one of the requests. A condition that only leaves principals
 * out, as ArnNotLike on aws:PrincipalArn does, makes them exceptions and not the answer unknown.
 */
export function denies(document: PolicyDocument, request: PolicyRequest): Denial {
  const found = document.statements
    .filter(({ effect }) => effect === "Deny")
    .map((statement) => partsOf(statement, request))
    .filter(({ extent }) => extent.always === true);
  const by = found.map(({ statement }) => statement);
  if (found.length === 0) {
    return { denied: judge(document, request).denied.always, exceptPrincipals: [], by };
  }
  return { denied: true, exceptPrincipals: leftOutByAll(found.map(({ left }) => left)), by };
}

type Parts = {
  statement: Statement;
  /** The conditions that leave principals out. */
  left: Condition[];
  extent: ReturnType<typeof statementExtent>;
};

function partsOf(statement: Statement, request: PolicyRequest): Parts {
  const context = contextOf(request);
  const left = statement.conditions.filter((each) => leavesOut(each, context));
  const rest = statement.conditions.filter((each) => !left.includes(each));
  return { statement, left, extent: statementExtent(statement, request, rest) };
}

function leavesOut(condition: Condition, context: Context): boolean {
  const { key, values } = condition;
  const who = WHO.find((each) => each.key.test(key));
  if (who === undefined || !isNegated(condition) || values.some(hasVariable)) return false;
  if (!values.every((each) => who.narrow.test(each))) return false;
  const { always, ever } = conditionExtent(condition, context);
  // Of ARNs it is known which ones ask: a pattern that may mean them all leaves nobody to deny.
  return always !== true && ever !== false && (ever === true || key !== ARN);
}

/** Whom every statement leaves out: a pattern counts if each of the others may mean the same. */
function leftOutByAll(lists: readonly Condition[][]): string[] {
  if (lists.some((list) => list.length === 0)) return [];
  const [first = [], ...others] = lists;
  const kept = first.flatMap((condition) =>
    condition.values
      .filter((value) =>
        others.every((list) => list.some((other) => overlaps(other, condition, value))),
      )
      .map((value) => (condition.key === ARN ? value : `${condition.spelled} ${value}`)),
  );
  return [...new Set(kept)].sort();
}

/** Conditions on different keys may leave out the same principal. */
function overlaps(other: Condition, { key }: Condition, value: string): boolean {
  if (other.key !== key) return true;
  const set = value.replace(/[*?]/g, ANY);
  // ARNs of principals have no colon but those between their parts, so no wildcard reaches over one.
  const extent = key === ARN ? arnExtent : globExtent;
  return other.values.some((each) => extent(each, set).ever === true);
}
