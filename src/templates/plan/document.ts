import { AuditError } from "../../errors.ts";
import type { Json } from "../../snapshot/unknown.ts";
import { isRelevant } from "../relevant.ts";
import { type Changes, readChanges } from "./changes.ts";
import { type Configuration, emptyModule, readConfiguration, typeIn } from "./configuration.ts";
import type { Decoded } from "./decode.ts";
import { type JsonObject, objectOf, textOf } from "./json.ts";
import { itemsOf, memberOf, membersOf, type Part, parsed, partAt } from "./scan.ts";

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
};

const PLACES = new Set(["aws_caller_identity", "aws_region"]);

/** Takes a plan apart in one pass; null: the JSON is none, such as a state or a provider's schema. */
export function readDocument({ file, start }: Decoded): PlanDocument | null {
  const document = emptyDocument(start);
  let version: string | null = null;
  let isPlan = false;
  for (const [key, value] of membersOf(partAt(file, start))) {
    if (key === "format_version") version = textOf(parsed(value));
    isPlan ||= key === "planned_values" || key === "resource_changes";
    SECTIONS.get(key)?.(value, document);
  }
  if (version === null || !isPlan) return null;
  refuseOtherMajors(version, file.path);
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
    for (const [name, module] of membersOf(values)) {
      if (name === "root_module") readPriorModule(module, document);
    }
  }
}

function readPriorModule(module: Part, document: PlanDocument): void {
  for (const [key, value] of membersOf(module)) {
    if (key === "resources") for (const each of itemsOf(value)) readPriorResource(each, document);
    if (key === "child_modules") {
      for (const each of itemsOf(value)) readPriorModule(each, document);
    }
  }
}

function readPriorResource(part: Part, { prior, places }: PlanDocument): void {
  const type = typeIn(part) ?? "";
  if (PLACES.has(type)) places.push(parsed(part) ?? null);
  if (!isRelevant(type)) return;
  const address = textOf(parsed(memberOf(part, "address")));
  // A deposed object is what is left of one that could not be deleted when it was replaced.
  if (address !== null && memberOf(part, "deposed_key") === undefined) prior.set(address, part);
}

function refuseOtherMajors(version: string, path: string): void {
  if (/^[01]\.\d+$/.test(version) && version !== "0.0") return;
  throw new AuditError(
    "bad-template",
    `${path} is a plan of format ${JSON.stringify(version.slice(0, 40))}; formats 0.1 to 1.x are understood`,
    "Use a newer Trailproof, or make the plan with a Terraform or OpenTofu that writes format 1",
  );
}
