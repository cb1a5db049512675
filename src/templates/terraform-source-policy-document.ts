import { isUnknown, unknownMore } from "../snapshot/unknown.ts";
import { encodedTerm } from "./hcl/encoded.ts";
import type { Scope } from "./hcl/evaluate.ts";
import { jsonTerm } from "./hcl/functions-encoding.ts";
import { jsonText } from "./hcl/json-text.ts";
import type { Block } from "./hcl/syntax.ts";
import {
  isList,
  isMap,
  isOpaque,
  settled,
  sortedMap,
  type Term,
  textOf,
  unresolved,
} from "./hcl/term.ts";
import { computed } from "./terraform-source-body.ts";
import { isReference, isText } from "./value.ts";

type Statement = ReadonlyMap<string, Term>;
type Values = ReadonlyMap<string, Term>;

/** The JSON that `data.aws_iam_policy_document` makes of its arguments and blocks. */
export function policyDocument(block: Block, scope: Scope): Term {
  const { values } = computed(block, scope);
  const own = settled(values.get("statement") ?? []);
  if (!isList(own)) return unresolved("the statements of a policy document");
  const made = own.map(statementOf);
  const trouble = made.find((each) => !isMap(each));
  if (trouble !== undefined)
    return unresolved(`data.${block.labels.join(".")}: ${whyNot(trouble)}`);
  const sources = documents(values, "source_policy_documents", "source_json");
  const overrides = documents(values, "override_policy_documents", "override_json");
  if (!isStatements(sources)) return sources;
  if (!isStatements(overrides)) return overrides;
  const all = [...sources, ...made.filter(isMap), ...overrides];
  if (all.length > made.length && all.some(hasOpenSid)) return unresolved("the Sid of a statement");
  const statements = all.reduce(merged, []);
  const id = values.get("policy_id");
  return jsonText(
    new Map<string, Term>([
      ...(id === undefined ? [] : [["Id", id] as const]),
      ["Version", values.get("version") ?? "2012-10-17"],
      ["Statement", statements],
    ]),
  );
}

const whyNot = (term: Term): string =>
  isUnknown(term) ? (term.$unknown.detail ?? "") : "a statement that is not known";

function isStatements(term: Statement[] | Term): term is Statement[] {
  return Array.isArray(term);
}

/** By its Sid a statement takes another's place, so all have to be known where they may. */
const hasOpenSid = (statement: Statement): boolean =>
  typeof settled(statement.get("Sid") ?? "") !== "string";

/** One with the same Sid takes the other's place. */
function merged(statements: Statement[], next: Statement): Statement[] {
  const sid = next.get("Sid");
  const at =
    sid === undefined || sid === "" ? -1 : statements.findIndex((each) => each.get("Sid") === sid);
  if (at === -1) statements.push(next);
  else statements[at] = next;
  return statements;
}

/** The statements of documents that are given as JSON. */
function documents(values: Values, list: string, single: string): Statement[] | Term {
  const many = settled(values.get(list) ?? []);
  const one = values.get(single);
  if (!isList(many)) return isOpaque(many) ? many : unresolved(list);
  const statements: Statement[] = [];
  for (const text of [...(one === undefined ? [] : [one]), ...many]) {
    if (text === null || text === "") continue;
    const document = documentTerm(text);
    if (!isMap(document)) return isOpaque(document) ? document : unresolved(list);
    const found = document.get("Statement") ?? [];
    for (const each of isList(found) ? found : [found]) {
      if (!isMap(each)) return unresolved(list);
      statements.push(each);
    }
  }
  return statements;
}

function documentTerm(text: Term): Term {
  const value = settled(text);
  if (isText(value) && value.isJson === true) return encodedTerm(value);
  const json = textOf(value);
  return typeof json === "string" ? jsonTerm(json) : json;
}

/** A statement block as IAM writes it. */
function statementOf(term: Term): Term {
  if (!isMap(term)) return term;
  const statement = new Map<string, Term>();
  const effect = settled(term.get("effect") ?? "Allow");
  if (typeof effect !== "string") return isUnknown(effect) ? effect : unresolved("an effect");
  const sid = settled(term.get("sid") ?? "");
  // What is not known is a text, which counts where documents are taken together.
  if (sid !== "") statement.set("Sid", isUnknown(sid) || isReference(sid) ? { $text: [sid] } : sid);
  statement.set("Effect", effect);
  for (const [name, key] of LISTS) {
    const list = term.get(name);
    if (list !== undefined) statement.set(key, fewest(list));
  }
  for (const [name, key] of [
    ["principals", "Principal"],
    ["not_principals", "NotPrincipal"],
  ] as const) {
    const principals = principalsOf(term.get(name));
    if (principals !== null) statement.set(key, principals);
  }
  const conditions = conditionsOf(term.get("condition"));
  if (conditions !== null) statement.set("Condition", conditions);
  return [...statement.values()].find(isOpenBlock) ?? statement;
}

const LISTS = [
  ["actions", "Action"],
  ["not_actions", "NotAction"],
  ["resources", "Resource"],
  ["not_resources", "NotResource"],
] as const;

/** What a list of blocks that may have more of them leaves of a statement. */
const isOpenBlock = (term: Term): boolean => isUnknown(term) && term.$unknown.more === true;

/** One is written without its list; `&{` is how the data source spells IAM's own variables. */
function fewest(term: Term): Term {
  const list = settled(term);
  if (!isList(list)) return list;
  const items = list.map((item) => variables(settled(item)));
  const [only = null] = items;
  return items.length === 1 ? only : items;
}

function variables(term: Term): Term {
  if (typeof term === "string") return term.replaceAll("&{", "${");
  if (!isText(term)) return term;
  return {
    $text: term.$text.map((part) =>
      typeof part === "string" ? part.replaceAll("&{", "${") : part,
    ),
  };
}

function principalsOf(term: Term | undefined): Term | null {
  const blocks = settled(term ?? null);
  if (!isList(blocks)) return null;
  const map = new Map<string, Term>();
  for (const block of blocks) {
    if (!isMap(block)) return block;
    const type = textOf(block.get("type") ?? null);
    if (typeof type !== "string") return openEnd();
    map.set(type, both(map.get(type), fewest(block.get("identifiers") ?? null)));
  }
  return map.size === 1 && map.get("*") === "*" ? "*" : sortedMap(map);
}

/** Blocks of one type, or of one test and variable, are taken together. */
function both(before: Term | undefined, next: Term): Term {
  if (before === undefined) return next;
  const lists = [before, next].map((each) => (isList(each) ? each : [each]));
  return lists.flat();
}

const openEnd = (): Term => unknownMore(unresolved("a policy document"));

function conditionsOf(term: Term | undefined): Term | null {
  const blocks = settled(term ?? null);
  if (!isList(blocks)) return null;
  const tests = new Map<string, Map<string, Term>>();
  for (const block of blocks) {
    if (!isMap(block)) return block;
    const [test, variable] = [
      textOf(block.get("test") ?? null),
      textOf(block.get("variable") ?? null),
    ];
    if (typeof test !== "string" || typeof variable !== "string") return openEnd();
    const of = tests.get(test) ?? new Map<string, Term>();
    of.set(variable, both(of.get(variable), fewest(block.get("values") ?? null)));
    tests.set(test, of);
  }
  return new Map([...tests].map(([test, of]) => [test, sortedMap(of)]));
}
