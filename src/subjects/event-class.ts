import type { FieldSelector } from "../snapshot/event-selectors.ts";
import { all, and, any, or, type Truth } from "../snapshot/logic.ts";
import { isUnknown, type Unknown, unknown } from "../snapshot/unknown.ts";
import { type Sample, samplesOf } from "./samples.ts";
import { type EventClass, meets, type Selector } from "./selectors.ts";

/** The selectors of one trail, and whether what they let through is recorded. */
export type Recorder = { selectors: readonly Selector[] | Unknown; counts: Truth };

/** What else decides whether events of a class are lost. */
export type Circumstances = {
  partition: string;
  /** Whether nobody asks for events of this resource; left out: all are asked for. */
  isSpared?: (arn: string) => Truth;
};

/** A selector of a recorder, as far as the class leaves it open. */
type Alternative = { truth: Truth; open: readonly FieldSelector[] };

/** A value of each field that a selector asks for and the class leaves open. */
type Values = Readonly<Record<string, Sample>>;

/** Work in conditions looked at; beyond it the answer is unknown. */
const BUDGET = 2_000_000;

/**
 * Whether the recorders together record every event of the class, whatever its other fields say:
 * what one leaves out another may record. Never true where a field or operator is not known.
 */
export function recordsEvery(
  recorders: readonly Recorder[],
  event: EventClass,
  circumstances: Circumstances,
): Truth {
  const alternatives = recorders.flatMap((recorder) => alternativesOf(recorder, event));
  const whole = any(alternatives, ({ truth, open }) => (open.length === 0 ? truth : false));
  const partial = alternatives.filter(({ open }) => open.length > 0);
  if (whole === true || partial.length === 0) return whole;
  const samples = samplesByField(partial, event, circumstances.partition);
  if (samples === null) return tooMany();
  const isCovered = (values: Values): Truth =>
    coverage(values, { whole, partial, isSpared: circumstances.isSpared });
  const conditions = partial.reduce((sum, { open }) => sum + open.length + sizeOf(open), 0);
  const sizes = [...samples.values()].map((values) => values.length);
  if (sizes.reduce((sum, size) => sum + size, 0) * conditions > BUDGET) return tooMany();
  if (isLost(samples, isCovered)) return false;
  if (sizes.reduce((count, size) => count * size, conditions) > BUDGET) return tooMany();
  return all(combined([...samples]), isCovered);
}

/** Whether the selectors let any event of the class through. */
export function recordsSome(
  selectors: readonly Selector[],
  event: EventClass,
  { partition }: Circumstances,
): Truth {
  const alternatives = alternativesOf({ selectors, counts: true }, event);
  return any(alternatives, ({ truth, open }) => {
    const samples = samplesByField([{ truth, open }], event, partition);
    if (samples === null) return and(truth, tooMany());
    const fields = [...samples].map(([field, values]) => {
      const asked = open.filter((each) => each.field === field);
      return any(values, ({ value }) => all(asked, (each) => meets(each, value)));
    });
    return and(truth, ...fields);
  });
}

function alternativesOf({ selectors, counts }: Recorder, event: EventClass): Alternative[] {
  if (counts === false) return [];
  if (isUnknown(selectors)) return [{ truth: and(counts, selectors), open: [] }];
  return selectors.flatMap((selector) => {
    const isDecided = ({ field }: FieldSelector) => Object.hasOwn(event, field);
    const decided = all(selector, (each) =>
      isDecided(each) ? meets(each, event[each.field]) : true,
    );
    if (decided === false) return [];
    const isVoid = (each: FieldSelector) => sizeOf([each]) === 0 && meets(each, "") === true;
    const open = selector.filter((each) => !isDecided(each) && !isVoid(each));
    return [{ truth: and(counts, decided), open }];
  });
}

/** How many values a selector's conditions name. */
function sizeOf(fields: readonly FieldSelector[]): number {
  return fields.reduce(
    (sum, { field: _, ...conditions }) =>
      sum + Object.values(conditions).reduce((count, values) => count + values.length, 0),
    0,
  );
}

type Samples = ReadonlyMap<string, readonly Sample[]>;

function samplesByField(
  alternatives: readonly Alternative[],
  event: EventClass,
  partition: string,
): Samples | null {
  const conditions = new Map<string, FieldSelector[]>();
  for (const each of alternatives.flatMap(({ open }) => open)) {
    const same = conditions.get(each.field);
    if (same === undefined) conditions.set(each.field, [each]);
    else same.push(each);
  }
  const samples = new Map<string, readonly Sample[]>();
  for (const [field, own] of conditions) {
    const values = samplesOf(field, own, { event, partition });
    if (values === null || values.length * sizeOf(own) > BUDGET) return null;
    samples.set(field, values);
  }
  return samples;
}

type Given = { whole: Truth; partial: readonly Alternative[]; isSpared: Circumstances["isSpared"] };

/** Whether events with these values are recorded, or asked for by nobody. */
function coverage(values: Values, { whole, partial, isSpared }: Given): Truth {
  const recorded = any(partial, ({ truth, open }) =>
    and(
      truth,
      all(open, (each) => meets(each, values[each.field]?.value)),
    ),
  );
  const arn = values["resources.ARN"]?.value;
  const spared = arn === undefined || isSpared === undefined ? false : isSpared(arn);
  const doubt = Object.values(values).some(({ isDoubtful }) => isDoubtful);
  return or(whole, recorded, spared, doubt ? maybeNone() : false);
}

/** Samples of a field whose commonest value is doubtful, looked at for each value of the others. */
const MOST_DOUBTS = 50;

/**
 * Whether events are surely lost that differ from the commonest in one field at most. A field's
 * doubtful values count where all its values are lost: events have one of them.
 */
function isLost(samples: Samples, isCovered: (values: Values) => Truth): boolean {
  const common: Record<string, Sample> = {};
  for (const [field, values] of samples) {
    const usual = values.find(({ isDoubtful }) => !isDoubtful) ?? values[0];
    if (usual !== undefined) common[field] = usual;
  }
  const isLostAt = (values: Values): boolean => isCovered(values) === false;
  const isLostWhatever = (field: string, values: Values): boolean =>
    (samples.get(field) ?? []).every((sample) =>
      isLostAt({ ...values, [field]: { ...sample, isDoubtful: false } }),
    );
  const doubtful = Object.keys(common).filter((field) => common[field]?.isDoubtful === true);
  const [open] = doubtful.length === 1 ? doubtful : [];
  const isFew = open !== undefined && (samples.get(open)?.length ?? 0) <= MOST_DOUBTS;
  return [...samples].some(([field, values]) => {
    if (isLostWhatever(field, common)) return true;
    return values.some((sample) => {
      const one = { ...common, [field]: sample };
      if (open === undefined || field === open) return isLostAt(one);
      return isFew && isLostWhatever(open, one);
    });
  });
}

/** Every way to take one sample of each field. */
function* combined(samples: readonly [string, readonly Sample[]][]): Generator<Values> {
  const [first, ...rest] = samples;
  if (first === undefined) {
    yield {};
    return;
  }
  for (const others of combined(rest)) {
    for (const sample of first[1]) yield { ...others, [first[0]]: sample };
  }
}

const tooMany = (): Unknown =>
  unknown("unsupported", {
    detail: "selectors with so many values that their sum is not worked out",
  });

const maybeNone = (): Unknown =>
  unknown("unsupported", { detail: "whether there are events that the selectors leave out" });
