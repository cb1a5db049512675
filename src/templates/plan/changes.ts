import { isJsonObject, type JsonObject } from "../../snapshot/json.ts";
import type { Json } from "../../snapshot/unknown.ts";
import { isRelevant } from "../relevant.ts";
import type { PlannedChange } from "../resource.ts";
import { type Address, addressOf, addressText } from "./address.ts";
import { typeIn } from "./configuration.ts";
import { at, textOf } from "./json.ts";
import { isSameText, memberOf, membersOf, type Part, parsed } from "./scan.ts";

/** An entry of a plan's list of changes that matters, before its values are parsed. */
export type Entry = {
  address: Address;
  /** The address as the plan spells it. */
  text: string;
  previousAddress: string | null;
  /** Null: an action that this version does not know. */
  action: PlannedChange["action"] | "read" | null;
  isImported: boolean;
  part: Part;
};

/** What happens to one resource. */
export type Change = Omit<Entry, "part" | "isImported"> & {
  before: JsonObject | null;
  /** The same object as `before` where they are the same. */
  after: JsonObject | null;
  masks: { unknown: Json; beforeSensitive: Json; afterSensitive: Json };
  /** `account_id`, `region` and `arn` of the object, as newer providers tell them. */
  identities: readonly JsonObject[];
};

/** A list of changes, passed through once. */
export type Changes = {
  entries: Entry[];
  /** How many are of types that do not matter. */
  passedOver: number;
  /** Addresses or types, of what would matter but cannot be read. */
  unreadable: string[];
  /** An address that two entries have, or had before; null: no two do. */
  twice: string | null;
};

/** The actions of Terraform and OpenTofu. A new object beside a forgotten one leaves no gap. */
const ACTIONS = new Map<string, PlannedChange["action"] | "read">([
  ["no-op", "no-op"],
  ["create", "create"],
  ["read", "read"],
  ["update", "update"],
  ["delete", "delete"],
  ["delete,create", "replace"],
  ["create,delete", "replace"],
  ["forget", "forget"],
  ["create,forget", "create"],
]);

/** Finds what matters in a plan's list of changes. */
export function readChanges(items: Iterable<Part>): Changes {
  const read: Changes = { entries: [], passedOver: 0, unreadable: [], twice: null };
  const seen = { addresses: new Set<string>(), previous: new Set<string>() };
  for (const item of items) {
    const type = typeIn(item) ?? "";
    if (isRelevant(type) || type === "aws_iam_policy_document") readEntry(item, read, seen);
    else read.passedOver += 1;
  }
  return read;
}

/** The addresses that were read so far. */
type Seen = { addresses: Set<string>; previous: Set<string> };

function readEntry(part: Part, read: Changes, seen: Seen): void {
  const head = new Map<string, Json | undefined>();
  let change: Part | undefined;
  for (const [key, value] of membersOf(part)) {
    if (key === "change") change = value;
    else head.set(key, parsed(value));
  }
  // What is left of an object that could not be deleted when it was replaced.
  if (textOf(head.get("deposed")) !== null) return;
  const text = textOf(head.get("address")) ?? "";
  const address = addressOf(text);
  const isTold = parsed(memberOf(change, "after_unknown")) !== true;
  const isOurs = isAws(textOf(head.get("provider_name"))) && head.get("index_unknown") !== true;
  if (address === null || !isTold || !isOurs) {
    read.unreadable.push(text);
    return;
  }
  const previousAddress = textOf(head.get("previous_address"));
  const isSeen =
    wasSeen(seen.addresses, addressText(address)) || wasSeen(seen.previous, previousAddress);
  if (isSeen) read.twice ??= text;
  const action = actionOf(parsed(memberOf(change, "actions")));
  const isImported = isJsonObject(parsed(memberOf(change, "importing")));
  const entry = { text, address, previousAddress, action, isImported, part };
  if (isKept(entry)) read.entries.push(entry);
}

function wasSeen(among: Set<string>, address: string | null): boolean {
  if (address === null) return false;
  const isSeen = among.has(address);
  among.add(address);
  return isSeen;
}

function actionOf(actions: Json | undefined): Entry["action"] {
  return (Array.isArray(actions) ? ACTIONS.get(actions.join(",")) : null) ?? null;
}

/** What data sources found while planning is in the values already. */
function isKept({ address: { mode }, action }: Entry): boolean {
  return mode === "managed" ? action !== "read" : action === "read";
}

/** Mirrors have hosts and namespaces of their own; the oldest plans say only `aws`. */
const isAws = (provider: string | null): boolean =>
  provider === null || /(^|\/)aws(?:cc)?$/.test(provider);

/** Parses the values of an entry. */
export function changeOf({ part, isImported, ...entry }: Entry): Change {
  const parts = new Map(membersOf(memberOf(part, "change")));
  const [before, after] = [parts.get("before"), parts.get("after")];
  const was = parsed(before);
  const isSame = before !== undefined && after !== undefined && isSameText(before, after);
  const becomes = isSame ? was : parsed(after);
  const identities = [parts.get("after_identity"), parts.get("before_identity")].map(parsed);
  return {
    ...entry,
    before: isJsonObject(was) ? was : null,
    after: isJsonObject(becomes) ? becomes : null,
    masks: {
      unknown: parsed(parts.get("after_unknown")) ?? false,
      beforeSensitive: parsed(parts.get("before_sensitive")) ?? false,
      afterSensitive: parsed(parts.get("after_sensitive")) ?? false,
    },
    identities: identities.filter((each) => isJsonObject(each)),
  };
}

/** Whether it leaves a resource that this stack manages. */
export function leavesIt({ action }: Entry): boolean {
  return action !== "delete" && action !== "forget";
}

/** A resource of the state before that a plan leaves out, because it was limited to others. */
export function untouched(text: string, part: Part): Change | null {
  const address = addressOf(text);
  const resource = parsed(part);
  const values = at(resource, "values");
  if (address?.mode !== "managed" || !isJsonObject(values)) return null;
  const sensitive = at(resource, "sensitive_values") ?? false;
  return {
    address,
    text,
    previousAddress: null,
    action: "no-op",
    before: values,
    after: values,
    masks: { unknown: false, beforeSensitive: sensitive, afterSensitive: sensitive },
    identities: [at(resource, "identity")].filter((each) => isJsonObject(each)),
  };
}
