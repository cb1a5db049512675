import type { FieldSelector } from "../snapshot/event-selectors.ts";
import { ANY_OTHER, type EventClass } from "./selectors.ts";

/** A value of a field that stands for all that meet the same conditions. */
export type Sample = {
  value: string;
  /** Whether no event of the class may have such a value: then nothing lost proves anything. */
  isDoubtful: boolean;
};

/** More samples of one field than any real selectors make. */
const MOST_SAMPLES = 4_000;

/**
 * Values of a field such that any other value meets the same conditions as one of them; null where
 * there would be too many. A string is known to the conditions by the longest prefix and suffix
 * of theirs that it has, and by the values that it equals.
 */
export function samplesOf(
  field: string,
  conditions: readonly FieldSelector[],
  { event, partition }: { event: EventClass; partition: string },
): Sample[] | null {
  if (field === "readOnly") return ["true", "false"].map((value) => ({ value, isDoubtful: false }));
  const equal = conditions.flatMap(({ equals = [], notEquals = [] }) => [...equals, ...notEquals]);
  const starts = conditions.flatMap(({ startsWith = [], notStartsWith = [] }) => [
    ...startsWith,
    ...notStartsWith,
  ]);
  const ends = conditions.flatMap(({ endsWith = [], notEndsWith = [] }) => [
    ...endsWith,
    ...notEndsWith,
  ]);
  const root = rootOf(field, event, partition);
  const prefixes = [...new Set([root, ...starts])].filter((start) => start.startsWith(root));
  const suffixes = [...new Set(["", ...ends])];
  if (prefixes.length * suffixes.length + equal.length > MOST_SAMPLES) return null;
  const filler = fillerFor([root, ...starts, ...ends, ...equal]);
  const named = [...new Set([...equal, ...seeds(field, event)])].filter((value) =>
    value.startsWith(root),
  );
  const judge = doubts(field, { event, root, prefixes });
  return [
    ...prefixes.flatMap((prefix) =>
      suffixes.map((suffix) => ({
        value: prefix + filler + suffix,
        isDoubtful: judge(prefix),
      })),
    ),
    ...named.map((value) => ({ value, isDoubtful: judge(value) })),
  ];
}

/** Stands for whatever no condition names: a character that is in none of their values. */
function fillerFor(values: readonly string[]): string {
  const used = new Set(values.flatMap((value) => [...value]));
  for (let code = 0; ; code += 1) {
    const char = String.fromCodePoint(code);
    if (!used.has(char)) return char;
  }
}

/** What every ARN of a resource type begins with; one of another partition is in no event here. */
const ARN_ROOTS: Readonly<Record<string, string>> = {
  "AWS::S3::Object": "s3:::",
  "AWS::Lambda::Function": "lambda:",
  "AWS::DynamoDB::Table": "dynamodb:",
};

function rootOf(field: string, event: EventClass, partition: string): string {
  if (field !== "resources.ARN") return "";
  return `arn:${partition}:${own(ARN_ROOTS, event["resources.type"]) ?? ""}`;
}

/** Which service makes the events of a resource type. */
const SOURCES: Readonly<Record<string, string>> = {
  "AWS::S3::Object": "s3.amazonaws.com",
  "AWS::Lambda::Function": "lambda.amazonaws.com",
  "AWS::DynamoDB::Table": "dynamodb.amazonaws.com",
};

/** Values that events surely have, whether or not a condition names them. */
function seeds(field: string, event: EventClass): string[] {
  if (field !== "eventSource") return [];
  const source = own(SOURCES, event["resources.type"]);
  return source === null ? [] : [source];
}

type Doubts = (start: string) => boolean;

function doubts(
  field: string,
  { event, root, prefixes }: { event: EventClass; root: string; prefixes: readonly string[] },
): Doubts {
  if (field === "resources.ARN") return arnDoubts(root, prefixes);
  if (field === "eventName") return (start) => start !== "" && mayBeOther(event, start);
  if (field === "eventSource") {
    const source = own(SOURCES, event["resources.type"]);
    return (start) => start !== source;
  }
  return () => false;
}

/**
 * A prefix that ends before the resource (`arn:aws:lambda:eu-west-1:`) may hold every resource that
 * there is, or none: which region and account have any is not known here.
 */
function arnDoubts(root: string, prefixes: readonly string[]): Doubts {
  // S3's own ARNs have neither region nor account: whatever follows their root is a bucket.
  const isWhole = root.split(":").length > 5;
  const isWide = (start: string) =>
    !isWhole && start !== root && /^([a-z-]*[:/])?$/.test(start.split(":").slice(5).join(":"));
  const rootIsDoubtful = prefixes.some(isWide);
  return (start) => (start === root ? rootIsDoubtful : isWide(start));
}

const READING =
  /^(?:AssumeRole|BatchGet|Decrypt|Describe|Encrypt|GenerateDataKey|Get|Head|List|Query|Scan|Search|Select|TransactGet)/;
const WRITING =
  /^(?:Abort|Attach|BatchWrite|Complete|Copy|Create|Delete|Detach|Disable|Enable|Invoke|Modify|Post|Publish|Put|Remove|Restore|Run|Send|Set|Start|Stop|Tag|Terminate|TransactWrite|Untag|Update|Upload|Write)/;

/** Whether a call of this name may be none of the class: to leave out reads costs no write. */
function mayBeOther({ readOnly }: EventClass, name: string): boolean {
  if (readOnly === "true") return !READING.test(name);
  return readOnly === "false" && !WRITING.test(name);
}

function own(
  table: Readonly<Record<string, string>>,
  key: EventClass[string] | undefined,
): string | null {
  if (key === undefined || key === ANY_OTHER) return null;
  return Object.hasOwn(table, key) ? (table[key] ?? null) : null;
}
