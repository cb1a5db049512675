import {
  anyText,
  hasStandIn,
  isAnyText,
  mayBeSame,
  organizationOf,
  standIn,
  withoutMarks,
} from "../../snapshot/stand-in.ts";
import { type Fact, isUnknown, type Unknown, unknown } from "../../snapshot/unknown.ts";
import { placeFactOf } from "../place-reference.ts";
import { isReference, isText, type Reference, type Value } from "../value.ts";
import { NAMES } from "./kinds.ts";
import { given, isAbsent } from "./read.ts";
import { targetText } from "./targets.ts";
import { idOf, openPlace, type Planned, type World } from "./world.ts";

/** A text for an attribute of a resource: known as far as its parts are; null: there is none. */
export function textIn(world: World, from: Planned, value: Value | undefined): Fact<string | null> {
  if (isAbsent(value) || value === "") return null;
  if (isUnknown(value)) return value;
  if (isText(value) && !value.$text.some((part) => !isUnknown(part))) {
    return value.$text.find(isUnknown) ?? unknown("unresolved");
  }
  return rendered(world, from, value) ?? unknown("unsupported", { detail: "no text" });
}

/** A text with a stand-in for each part that is not known; null: it is no text. */
export function rendered(world: World, from: Planned, value: Value): string | null {
  if (typeof value === "string") return plain(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (isUnknown(value)) return undecidedText(world, from, value);
  if (isReference(value)) return referred(world, from, value);
  if (!isText(value)) return null;
  return value.$text.map((part) => rendered(world, from, part) ?? "").join("");
}

/** A template that writes our own marks does not make marks. */
const plain = (text: string): string =>
  text.replace(/[\u{E000}-\u{E00F}\u{E100}-\u{F8FF}]/gu, "\u{FFFD}");

function undecidedText(world: World, from: Planned, value: Unknown): string {
  const place = placeText(from, value);
  if (place !== null) return place;
  world.count.texts += 1;
  return anyText(`${world.count.texts} ${value.$unknown.detail ?? ""}`);
}

/** Where a resource is made, if that is what is not known; null: it is something else. */
export function placeText(from: Planned, { $unknown: { detail } }: Unknown): string | null {
  if (detail === "AWS::AccountId") return from.account;
  if (detail === "AWS::Region") return from.region;
  return detail === "AWS::Partition" ? from.partition : null;
}

/** The ARN or name that another planned resource will have; null: it is neither. */
export function identifierText(world: World, from: Planned, reference: Reference): string | null {
  const { address, attribute } = reference.$reference;
  if (placeFactOf(reference) !== null) return referred(world, from, reference);
  const target = world.byId.get(idOf(from.stack, address));
  if (target === undefined || targetText(world, target, attribute) === null) return null;
  return referred(world, from, reference);
}

/** AWS takes no name or ARN that is longer. */
const LONGEST = 2048;

/** Each is worked out once; one that leads back to itself is none. */
function referred(world: World, from: Planned, reference: Reference): string {
  const { $reference } = reference;
  const place = providerPlace(from, reference);
  if (place !== null) return place;
  const id = idOf(from.stack, $reference.address);
  const key = `${id}.${$reference.attribute}`;
  const before = world.texts.get(key);
  if (before !== undefined) return before;
  const otherwise = standIn(key);
  world.texts.set(key, otherwise);
  const target = world.byId.get(id);
  const known = target === undefined ? null : targetText(world, target, $reference.attribute);
  const text = known === null || known.length > LONGEST ? otherwise : known;
  world.texts.set(key, text);
  return text;
}

/** Where the provider of a data source works, if that is what is not known; null: it is something else. */
function providerPlace({ stack, partition, resource }: Planned, reference: Reference) {
  const { address: detail } = reference.$reference;
  const fact = placeFactOf(reference);
  if (fact === "account" || fact === "region") {
    return openPlace(fact, stack, unknown("unresolved", { detail }));
  }
  if (fact === "organization") {
    const isKnown = /^\d{12}$/.test(detail);
    const open = unknown("unresolved", { detail });
    return organizationOf(isKnown ? detail : openPlace("account", stack, open));
  }
  // A provider has one partition; what another's is nothing tells.
  const { region } = resource;
  const isOwn = isUnknown(region) && region.$unknown.detail === detail;
  return fact === "partition" && isOwn ? partition : null;
}

/**
 * What a resource is called: as its template says, else a text that stands for the name it will get.
 * Whoever refers to the resource refers to that name, also where parts of it are not known.
 */
export function nameOf(world: World, planned: Planned): string {
  const name = given(planned.values, ...(NAMES[planned.kind] ?? []));
  if (isText(name))
    return name.$text.map((part, at) => partOf(world, planned, [part, at])).join("");
  const text = textIn(world, planned, name);
  if (text === null) return standIn(planned.id);
  if (!isUnknown(text)) return text;
  // AWS makes it up, unless an expression gives it that cannot be computed.
  const isMadeUp = text.$unknown.reason === "known-after-apply";
  return standIn(isMadeUp ? planned.id : `${planned.id}${UNDECIDED}`);
}

/** Ends what stands for a name, or a part of one, that the template leaves open. */
const UNDECIDED = " (its name)";

/** AWS takes no wildcard in a name: what is not known of one is nobody else's, and not just any text. */
function partOf(world: World, planned: Planned, [part, at]: readonly [Value, number]): string {
  const isOpen = isUnknown(part) && placeText(planned, part) === null;
  if (isOpen) return standIn(`${planned.id}, part ${at + 1}${UNDECIDED}`);
  return rendered(world, planned, part) ?? "";
}

/** Whether two names are one for certain, cannot be, or may be. */
export function sameName(one: string, other: string): boolean | "maybe" {
  if (one === other) return !isAnyText(one);
  if (!hasStandIn(one) && !hasStandIn(other)) return false;
  if (isOwnName(one) || isOwnName(other))
    return isAnyText(one) || isAnyText(other) ? "maybe" : false;
  return mayBeSame(one, other) ? "maybe" : false;
}

/** A name that AWS is still to make up for one planned resource: no other has it. */
export const isOwnName = (name: string): boolean =>
  hasStandIn(name) &&
  !isAnyText(name) &&
  !withoutMarks(name).endsWith(UNDECIDED) &&
  withoutMarks(name).length === name.length - 2 &&
  standIn(withoutMarks(name)) === name;
