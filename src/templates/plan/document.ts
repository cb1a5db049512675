import { AuditError } from "../../errors.ts";
import type { JsonObject } from "../../snapshot/json.ts";
import type { Json } from "../../snapshot/unknown.ts";
import { isRelevant } from "../relevant.ts";
import { type Changes, readChanges } from "./changes.ts";
import { type Configuration, emptyModule, readConfiguration, typeIn } from "./configuration.ts";
import { CURE, type Decoded } from "./decode.ts";
import { objectOf, textOf } from "./json.ts";
import { isSameText, itemsOf, memberOf, membersOf, type Part, parsed, partAt } from "./scan.ts";

/** What a plan says, as far as it matters to the audit trail. */
export type PlanDocument = {
  variables: JsonObject;
  configuration: Configuration;
  /** What it does, with one entry for each resource, those that stay as they are too. */
  planned: Changes;
  /** What Terraform put off to a later plan. */
  deferred: Changes & { count: number };
  /** Addresses of what was changed by others since it was last applied. */
  drifted: string[];
  /** Managed resources of the state before that matter, by address. */
  prior: Map<string, Part>;
  /** Data sources that say in which account and region their provider works. */
  places: Json[];
  isErrored: boolean;
  isComplete: boolean;
  /** Whether something stood before it in its file. */
  hasJunk: boolean;
  /** An address that two resources of the state before, or of the one planned, have; null: no two do. */
  twice: string | null;
};

const PLACES = new Set(["aws_caller_identity", "aws_region"]);

/** Takes a plan apart in one pass; null: the JSON is none, such as a state or a provider's schema. */
export function readDocument({ file, start }: Decoded): PlanDocument | null {
  const document = emptyDocument(start);
  let version: string | null = null;
  let isPlan = false;
  const sections = new Set<string>();
  for (const [key, value] of membersOf(partAt(file, start))) {
    if (key === "format_version") version = textOf(parsed(value));
    refuseTwice(sections, key, file.path);
    isPlan ||= key === "planned_values" || key === "resource_changes";
    SECTIONS.get(key)?.(value, document);
  }
  if (version === null || !isPlan) return null;
  refuseOtherMajors(version, file.path);
  const { planned, deferred, twice } = document;
  const forged = planned.twice ?? deferred.twice ?? twice;
  if (forged !== null)
    throw forgery(`the resource ${JSON.stringify(forged.slice(0, 200))}`, file.path);
  return document;
}

function emptyDocument(start: number): PlanDocument {
  return {
    variables: {},
    configuration: { root: emptyModule(), providers: new Map() },
    planned: readChanges([]),
    deferred: { ...readChanges([]), count: 0 },
    drifted: [],
    prior: new Map(),
    places: [],
    isErrored: false,
    isComplete: true,
    hasJunk: start > 0,
    twice: null,
  };
}

const SECTIONS = new Map<string, (part: Part, document: PlanDocument) => void>([
  ["variables", (part, into) => Object.assign(into, { variables: objectOf(parsed(part)) })],
  [
    "configuration",
    (part, into) => Object.assign(into, { configuration: readConfiguration(part) }),
  ],
  [
    "resource_changes",
    (part, into) => Object.assign(into, { planned: readChanges(itemsOf(part)) }),
  ],
  ["deferred_changes", readDeferred],
  ["resource_drift", readDrift],
  ["prior_state", readPrior],
  ["planned_values", readPlanned],
  ["errored", (part, into) => Object.assign(into, { isErrored: parsed(part) === true })],
  ["complete", (part, into) => Object.assign(into, { isComplete: parsed(part) !== false })],
]);

function readDeferred(part: Part, document: PlanDocument): void {
  const all = [...itemsOf(part)];
  const changes = all.flatMap((each) => memberOf(each, "resource_change") ?? []);
  document.deferred = { ...readChanges(changes), count: all.length };
}

function readDrift(part: Part, { drifted }: PlanDocument): void {
  for (const each of itemsOf(part)) {
    const isOurs = isRelevant(typeIn(each) ?? "");
    const address = isOurs ? textOf(parsed(memberOf(each, "address"))) : null;
    if (address !== null) drifted.push(address);
  }
}

function readPrior(part: Part, document: PlanDocument): void {
  for (const [key, values] of membersOf(part)) {
    if (key !== "values") continue;
    for (const each of resourcesIn(values)) readPriorResource(each, document);
  }
}

/** The values that are planned stand in the changes too; here it counts only that each is there once. */
function readPlanned(part: Part, document: PlanDocument): void {
  const seen = new Map<string, Part>();
  for (const each of resourcesIn(part)) {
    const address = isRelevant(typeIn(each) ?? "") ? currentAddress(each) : null;
    if (address === null) continue;
    const other = seen.get(address);
    if (other !== undefined && !isSameText(other, each)) document.twice ??= address;
    seen.set(address, each);
  }
}

/** The resources of the root module and of all modules below it. */
function* resourcesIn(values: Part): Generator<Part> {
  for (const [name, module] of membersOf(values)) {
    if (name === "root_module") yield* resourcesOf(module);
  }
}

function* resourcesOf(module: Part): Generator<Part> {
  for (const [key, value] of membersOf(module)) {
    if (key === "resources") yield* itemsOf(value);
    if (key === "child_modules") for (const each of itemsOf(value)) yield* resourcesOf(each);
  }
}

/** A deposed object is what is left of one that could not be deleted when it was replaced. */
function currentAddress(part: Part): string | null {
  return memberOf(part, "deposed_key") === undefined
    ? textOf(parsed(memberOf(part, "address")))
    : null;
}

function readPriorResource(part: Part, document: PlanDocument): void {
  const { prior, places } = document;
  const type = typeIn(part) ?? "";
  if (PLACES.has(type)) places.push(parsed(part) ?? null);
  if (!isRelevant(type)) return;
  const address = currentAddress(part);
  if (address === null) return;
  if (prior.has(address)) document.twice ??= address;
  prior.set(address, part);
}

/** Which of two counts is decided by whoever reads: a plan that was tampered with may show each reader another. */
function refuseTwice(seen: Set<string>, key: string, path: string): void {
  if (seen.has(key) && (SECTIONS.has(key) || key === "format_version")) throw forgery(key, path);
  seen.add(key);
}

function forgery(what: string, path: string): AuditError {
  const message = `${path} has ${what} twice, which no plan of Terraform or OpenTofu does`;
  return new AuditError("bad-template", message, CURE);
}

function refuseOtherMajors(version: string, path: string): void {
  if (/^[01]\.\d+$/.test(version) && version !== "0.0") return;
  throw new AuditError(
    "bad-template",
    `${path} is a plan of format ${JSON.stringify(version.slice(0, 40))}; formats 0.1 to 1.x are understood`,
    "Use a newer Trailproof, or make the plan with a Terraform or OpenTofu that writes format 1",
  );
}
