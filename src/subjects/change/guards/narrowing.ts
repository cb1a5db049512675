import { all, any, not, or, type Truth } from "../../../snapshot/logic.ts";
import { hasStandIn, withoutMarks } from "../../../snapshot/stand-in.ts";
import { isSameFact, unknown } from "../../../snapshot/unknown.ts";
import { conditionExtent, hasVariable, isNegated } from "../../policy-document/condition.ts";
import type { Condition } from "../../policy-document/document.ts";
import { ANY, globExtent } from "../../policy-document/glob.ts";
import { type Context, known } from "../../policy-document/request.ts";

/** How conditions after a change narrow a statement further than those before it. */
export type Narrowing = {
  isNarrower: Truth;
  /** Those that do, as people read them; null: none is sure to. */
  left: string | null;
};

/** Compares the conditions of two statements that deny. */
export function narrowing(now: readonly Condition[], was: readonly Condition[]): Narrowing {
  const told = now.map((each) => ({ each, isNarrower: not(isImplied(each, was)) }));
  const sure = told.filter(({ isNarrower }) => isNarrower === true).map(({ each }) => each);
  const excepted = sure.filter((each) => textual(each)?.isNegated === true);
  const asked = sure.filter((each) => !excepted.includes(each));
  const words = [
    ...(asked.length === 0 ? [] : [`only where ${asked.map(shown).join(" and ")}`]),
    ...excepted.map((each) => `except for ${shownException(each, was)}`),
  ];
  return {
    isNarrower: or(...told.map(({ isNarrower }) => isNarrower)),
    left: words.length === 0 ? null : `does so ${words.join(" and ")}`,
  };
}

/** Service control policies are never asked of services that act for themselves. */
const circumstances: Context = known({ "aws:PrincipalIsAWSService": ["false"] });

/** Whether a condition holds wherever these do. */
function isImplied(now: Condition, was: readonly Condition[]): Truth {
  if (conditionExtent(now, circumstances).always === true) return true;
  const own = was.filter(({ key }) => key === now.key);
  return own.length === 0 ? false : any(own, (each) => follows(now, each));
}

/** Operators that compare texts, by whether they take wildcards. */
const TEXTUAL: ReadonlyMap<string, { takesWildcards: boolean }> = new Map([
  ["StringEquals", { takesWildcards: false }],
  ["StringLike", { takesWildcards: true }],
  ["ArnEquals", { takesWildcards: true }],
  ["ArnLike", { takesWildcards: true }],
]);

/** Whether one condition on a key holds wherever another one on it does. */
function follows(now: Condition, was: Condition): Truth {
  if (isSameFact(now, was)) return true;
  const [one, other] = [textual(now), textual(was)];
  if (one === null || other === null || one.isNegated !== other.isNegated) return unclear(now);
  if (one.isNegated) return all(now.values, (value) => isAmong({ ...now, value }, was));
  return all(was.values, (value) => isAmong({ ...was, value }, now));
}

function textual(condition: Condition) {
  const negated = isNegated(condition);
  // Of one that leaves out it makes no difference whether the key may be missing.
  const operator = negated ? condition.operator.replace(/IfExists$/, "") : condition.operator;
  const found = TEXTUAL.get(operator.replace("Not", ""));
  return found === undefined ? null : { ...found, isNegated: negated };
}

/** Whether a value of one condition is among those that another has. */
function isAmong(one: Condition & { value: string }, other: Condition): Truth {
  const { value } = one;
  const isPattern = /[*?]/.test(value) && textual(one)?.takesWildcards === true;
  const takesWildcards = textual(other)?.takesWildcards === true;
  if (other.values.includes(value) && (!/[*?]/.test(value) || isPattern === takesWildcards)) {
    return true;
  }
  return any(other.values, (each) => {
    if (hasVariable(value) || hasVariable(each)) return unclear(one);
    if (takesWildcards) return globExtent(each, value.replace(/[*?]/g, ANY)).always;
    return hasStandIn(value) || hasStandIn(each) ? unclear(one) : !isPattern && each === value;
  });
}

const unclear = ({ operator, spelled }: Condition) =>
  unknown("unsupported", {
    detail: `what ${operator.slice(0, 60)} on ${spelled.slice(0, 100)} leaves out now`,
  });

const MOST_SHOWN = 3;

const shown = ({ operator, spelled, values }: Condition): string =>
  `${operator.slice(0, 60)} ${spelled.slice(0, 100)} ${shownValues(values)}`;

/** Whom it leaves out that no condition on the same key did. */
function shownException({ key, spelled, values }: Condition, was: readonly Condition[]): string {
  const old = new Set(was.filter((each) => each.key === key).flatMap((each) => each.values));
  const added = values.filter((each) => !old.has(each));
  return `${spelled.slice(0, 100)} ${shownValues(added.length === 0 ? values : added)}`;
}

function shownValues(values: readonly string[]): string {
  const few = values.slice(0, MOST_SHOWN).map((each) => withoutMarks(each).slice(0, 100));
  return `${few.join(", ")}${values.length > MOST_SHOWN ? " and others" : ""}`;
}
