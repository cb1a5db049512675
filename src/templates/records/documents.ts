import { isJsonObject, type JsonObject, jsonOrNull } from "../../snapshot/json.ts";
import type { Truth } from "../../snapshot/logic.ts";
import { anyText, isAnyText, replaceStandIns } from "../../snapshot/stand-in.ts";
import { type Fact, isUnknown, type Json, type Unknown, unknown } from "../../snapshot/unknown.ts";
import { isReference, isText, type Reference, type Text, type Value } from "../value.ts";
import { documentOf } from "./document-value.ts";
import { isAbsent } from "./read.ts";
import { identifierText, placeText, rendered } from "./texts.ts";
import { idOf, type Planned, type World } from "./world.ts";

/** A policy document as text, with stand-ins for what is not known; null: there is none. */
export function documentText(
  world: World,
  planned: Planned,
  value: Value | undefined,
): Fact<string | null> {
  if (isAbsent(value) || value === "") return null;
  if (isUnknown(value)) return value;
  if (holdsEscapedMark(value)) {
    return unknown("unsupported", { detail: "a policy document with private characters" });
  }
  if (isReference(value)) return unknown("known-after-apply", { detail: "a policy document" });
  if (isText(value)) return putTogether(world, planned, value);
  if (typeof value === "string") return rendered(world, planned, value);
  return JSON.stringify(documentOf(value, (written) => rendered(world, planned, written)));
}

/** Our marks are written by nobody else, as JSON escapes of them either. */
const holdsEscapedMark = (value: Value): boolean => {
  const texts = isText(value) ? value.$text : [value];
  return texts.some((each) => typeof each === "string" && /\\u[eE]00/.test(each));
};

/**
 * A document written as text, which names other resources: no ARN or name has a quote in it. What
 * else is not known may have some, and bring whole statements, unless an encoder wrote the document.
 */
function putTogether(world: World, planned: Planned, { $text, isJson }: Text): Fact<string> {
  const unclear = unknown("unresolved", { detail: "a policy document put together" });
  let document = "";
  for (const part of $text) {
    const text =
      typeof part === "string" ? rendered(world, planned, part) : named(world, planned, part);
    if (text === null && isJson !== true) return unclear;
    document += text ?? quotable(anything(world, planned, part));
  }
  return jsonOrNull(document) === null ? unclear : document;
}

/** A name or an ARN as it stands between quotes; null: it may be more than that. */
function named(world: World, planned: Planned, part: Unknown | Reference): string | null {
  const text = isReference(part) ? identifierText(world, planned, part) : placeText(planned, part);
  if (text === null) return null;
  // The address that a stand-in tells may have quotes, as in `logs["eu"]`; the text has none.
  const known = replaceStandIns(text, () => "");
  return quotable(known) === known ? quotable(text) : null;
}

const quotable = (text: string): string => JSON.stringify(text).slice(1, -1);

/** What another resource says of itself may be any text as well, such as the value of a parameter. */
function anything(world: World, planned: Planned, part: Value): string {
  if (!isReference(part)) return rendered(world, planned, part) ?? anyText("a value");
  const { address, attribute } = part.$reference;
  return anyText(`${idOf(planned.stack, address)}.${attribute}`);
}

/**
 * Whether S3 calls a bucket policy public, as far as that is plain: where no statement allows
 * everyone anything it does not; where one does so without a condition it does.
 */
export function isPolicyPublic(policy: Fact<string | null>): Truth {
  if (isUnknown(policy)) return policy;
  if (policy === null) return false;
  const answers = statementsOf(policy).map(opens);
  if (answers.includes(true)) return true;
  const doubt = answers.find(isUnknown);
  return doubt ?? false;
}

function statementsOf(policy: string): (JsonObject | null)[] {
  const parsed = jsonOrNull(policy);
  if (!isJsonObject(parsed)) return [null];
  const statements = Array.isArray(parsed["Statement"])
    ? parsed["Statement"]
    : [parsed["Statement"] ?? null];
  return statements.map((each) => (isJsonObject(each) ? each : null));
}

const unclear = () => unknown("not-collected", { detail: "whether S3 calls the policy public" });

function opens(statement: JsonObject | null): Truth {
  if (statement === null) return unclear();
  if (statement["Effect"] === "Deny") return false;
  const named = namesEveryone(statement);
  if (named !== true) return named;
  return statement["Effect"] === "Allow" && statement["Condition"] === undefined ? true : unclear();
}

function namesEveryone(statement: JsonObject): Truth {
  const principal = statement["Principal"];
  if (principal === undefined) return unclear();
  const entries: Json[] = isJsonObject(principal) ? Object.values(principal) : [principal];
  const names = entries.flat();
  if (names.some((each) => each === "*")) return true;
  return names.every((each) => typeof each === "string" && !isAnyText(each)) ? false : unclear();
}
