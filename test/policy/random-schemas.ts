import fc from "fast-check";
import { isRecord } from "../../src/policy/node.ts";
import {
  isOpenEnd,
  isUnknown,
  type Json,
  unknown,
  unknownMore,
} from "../../src/snapshot/unknown.ts";

const NAMES = ["a", "b", "c"];
const SCALARS: Json[] = [null, true, false, 0, 1, 2, "", "a", "ab"];

/** What a fact that is not known may turn out to be. */
const POSSIBLE: Json[] = [
  ...SCALARS,
  [],
  [1],
  ["a", null],
  [{ a: 1 }],
  {},
  { a: 1 },
  { a: null, b: true },
  { b: "a", c: [] },
];

const marker = unknown("access-denied", { action: "cloudtrail:GetTrailStatus" });
const openEnd = unknownMore(marker);
const scalar = fc.constantFrom(...SCALARS);

/** JSON values up to three deep over few names and scalars; `hidden` may stand anywhere. */
function values(hidden: boolean) {
  const { value } = fc.letrec<{ value: Json }>((tie) => {
    const items = fc.array(tie("value"), { maxLength: 3 });
    const objects = fc.dictionary(fc.constantFrom(...NAMES), tie("value"), { maxKeys: 3 });
    const lists = hidden
      ? fc.tuple(items, fc.boolean()).map(([list, open]) => (open ? [...list, openEnd] : list))
      : items;
    return {
      value: fc.oneof(
        { maxDepth: 3, depthSize: "max", withCrossShrink: true },
        scalar,
        ...(hidden ? [{ weight: 2, arbitrary: fc.constant<Json>(marker) }] : []),
        { weight: 2, arbitrary: lists },
        { weight: 6, arbitrary: objects },
      ),
    };
  });
  return value;
}

/** Values without markers. */
export const known: fc.Arbitrary<Json> = values(false);
/** Values with facts hidden and lists left open. */
export const masked: fc.Arbitrary<Json> = values(true);

type Schema = Record<string, unknown>;

/** Schemas of the keywords that policies may use, up to three deep. */
export const schemas: fc.Arbitrary<Schema> = fc.letrec<{ schema: Schema; inner: unknown }>(
  (tie) => {
    const inner = tie("inner");
    const count = fc.nat({ max: 2 });
    const several = fc.array(inner, { minLength: 1, maxLength: 3 });
    const one = (keyword: string, arbitrary: fc.Arbitrary<unknown>) =>
      arbitrary.map((given): Schema => ({ [keyword]: given }));
    const names = fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1 });
    const type = fc.constantFrom(
      "null",
      "boolean",
      "integer",
      "number",
      "string",
      "array",
      "object",
    );
    const leaves = [
      one("type", fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 3 }))),
      one("const", scalar),
      one("enum", fc.uniqueArray(scalar, { minLength: 1, maxLength: 3 })),
      one("required", names),
      fc.constantFrom("minItems", "maxItems", "minLength", "maxLength").chain((k) => one(k, count)),
      fc
        .constantFrom("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
        .chain((keyword) => one(keyword, count)),
      one("pattern", fc.constantFrom("^a", "b$", ".")),
    ];
    const composed = [
      one(
        "properties",
        fc.dictionary(fc.constantFrom(...NAMES), inner, { minKeys: 1, maxKeys: 2 }),
      ),
      fc
        .tuple(fc.dictionary(fc.constantFrom(...NAMES), inner, { maxKeys: 2 }), inner)
        .map(([properties, additionalProperties]) => ({ properties, additionalProperties })),
      one("items", inner),
      fc.tuple(inner, fc.option(count), fc.option(count)).map(counted),
      one("allOf", several),
      one("anyOf", several),
      one("not", inner),
      fc.tuple(inner, inner, fc.option(inner)).map(([asked, then, otherwise]) => ({
        if: asked,
        then,
        ...(otherwise === null ? {} : { else: otherwise }),
      })),
    ];
    return {
      inner: fc.oneof({ weight: 9, arbitrary: tie("schema") }, fc.boolean()),
      schema: fc.oneof(
        { maxDepth: 3, depthSize: "max", withCrossShrink: true },
        fc.oneof(...leaves),
        fc.array(fc.oneof(...leaves, ...composed), { minLength: 1, maxLength: 2 }).map(together),
        fc.oneof(...composed),
      ),
    };
  },
).schema;

const aboutNames: fc.Arbitrary<Schema> = fc
  .dictionary(fc.constantFrom(...NAMES), schemas, { minKeys: 1, maxKeys: 3 })
  .map((properties) => ({ properties }));

/** Schemas as policies have them: about an object's facts, combined. */
const claims: fc.Arbitrary<Schema> = fc
  .tuple(aboutNames, aboutNames, aboutNames)
  .chain(([first, second, third]) =>
    fc.constantFrom<Schema>(
      first,
      { allOf: [first, { not: second }] },
      { anyOf: [first, second, third] },
      { if: first, then: second },
      { if: first, then: second, else: third },
      { not: { anyOf: [first, second] } },
    ),
  );

/** A schema, and a value in which facts are hidden: anything at all, or like a policy's. */
export const cases: fc.Arbitrary<[schema: Schema, value: Json]> = fc.oneof(
  fc.tuple(schemas, masked),
  fc.tuple(claims, fc.record({ a: masked, b: masked, c: masked })),
);

function counted([contains, least, most]: [unknown, number | null, number | null]): Schema {
  if (least === 0 && most === null) return { contains };
  return {
    contains,
    ...(least === null ? {} : { minContains: least }),
    ...(most === null ? {} : { maxContains: Math.max(most, least ?? 1) }),
  };
}

/** Keywords that read their neighbours stay with those that they were made with. */
function together(parts: Schema[]): Schema {
  const whole: Schema = {};
  for (const part of parts) {
    const clash = Object.keys(part).some((keyword) => Object.hasOwn(whole, keyword));
    if (!clash) Object.assign(whole, part);
  }
  return whole;
}

/** Numbers that choose how hidden facts turn out, different for each completion. */
export const choices = fc.array(fc.array(fc.nat({ max: 997 }), { minLength: 12, maxLength: 12 }), {
  minLength: 6,
  maxLength: 6,
});

/** The value with its hidden facts turned out in one way; `keep` says which stay hidden. */
export function completion(
  value: Json,
  numbers: readonly number[],
  keep: (pointer: string) => boolean = () => false,
): Json {
  let drawn = 0;
  const draw = () => numbers[drawn++ % numbers.length] ?? 0;
  const drawValue = () => POSSIBLE[draw() % POSSIBLE.length] ?? null;
  const filled = (inner: Json, pointer: string): Json => {
    if (isUnknown(inner)) return keep(pointer) ? inner : drawValue();
    if (Array.isArray(inner)) {
      return inner.flatMap((item, index) => {
        const at = `${pointer}/${index}`;
        if (!isOpenEnd(item) || index < inner.length - 1 || keep(at)) return [filled(item, at)];
        return Array.from({ length: draw() % 3 }, drawValue);
      });
    }
    if (!isRecord(inner)) return inner;
    const entries = Object.entries(inner).map(([k, v]) => [k, filled(v, `${pointer}/${k}`)]);
    return Object.fromEntries(entries);
  };
  return filled(value, "");
}

/** The value at a JSON pointer; undefined where there is none. */
export function at(value: Json, pointer: string): Json | undefined {
  let here: Json | undefined = value;
  for (const key of pointer.split("/").slice(1)) {
    if (Array.isArray(here)) here = here[Number(key)];
    else here = isRecord(here) && Object.hasOwn(here, key) ? here[key] : undefined;
  }
  return here;
}

/** The pointers of all that is hidden in a value. */
export function hiddenIn(value: Json, pointer = ""): string[] {
  if (isUnknown(value)) return [pointer];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => hiddenIn(inner, `${pointer}/${key}`));
}
