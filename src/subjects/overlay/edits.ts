import type { TrailRecord } from "../../snapshot/resources/trail.ts";
import { decided } from "../../snapshot/stand-in.ts";
import {
  type Fact,
  isSameFact,
  isUnknown,
  mapFact,
  type Unknown,
  unknown,
} from "../../snapshot/unknown.ts";
import type { PlannedTrail, TrailChange } from "./planned-trails.ts";

/** What a change does to one trail of the snapshot; null: it does not touch this. */
export type Edit = {
  isGone: Fact<boolean>;
  facts: Partial<TrailRecord>;
  isLogging: Fact<boolean> | null;
  /** What it is where these are changed: a trail seen in more or fewer places. */
  isMultiRegion: Fact<boolean> | null;
  isOrganizationTrail: Fact<boolean> | null;
  /** Why nobody knows how it will deliver. */
  delivery: Unknown | null;
};

/** How the delivery of a trail that is new or changed is not known; nobody is to blame for it. */
export const afterChange = (id: string): Unknown =>
  unknown("too-young", { detail: `${id} has not delivered since the change` });

/** Whether a fact is not known for no other reason than that the change has yet to be made. */
export const isAfterChange = ({ reason, detail }: Unknown["$unknown"]): boolean =>
  reason === "too-young" && detail?.endsWith(" has not delivered since the change") === true;

/** The facts of a trail that plans and templates describe. */
const PLANNED = [
  "isMultiRegion",
  "isOrganizationTrail",
  "includeGlobalServiceEvents",
  "logFileValidationEnabled",
  "recursiveLogging",
  "kmsKeyArn",
  "bucketName",
  "bucketPrefix",
  "logGroupArn",
  "logsRoleArn",
  "topicArn",
  "eventSelectors",
  "insightSelectors",
  "aggregatedEvents",
  "tags",
] as const satisfies readonly (keyof TrailRecord)[];

/** Where CloudTrail delivers to: whether it can, only the next delivery tells. */
const DESTINATION = ["bucketName", "bucketPrefix", "kmsKeyArn"] as const;

/** What a change of a trail does to that trail. */
export function editOf({ before, after, isReplaced }: TrailChange): Edit {
  if (after === null) return { ...UNTOUCHED, isGone: true };
  const facts = touched(before, after);
  // It is in the snapshot: that nobody can tell whether the plan has it says nothing new.
  const presence = isSameFact(before?.presence, after.presence) ? true : after.presence;
  const moves = DESTINATION.some((name) => Object.hasOwn(facts, name));
  return {
    isGone: isUnknown(presence) ? presence : false,
    facts,
    isLogging:
      isSameFact(before?.isLogging, after.isLogging) && !isReplaced ? null : after.isLogging,
    isMultiRegion: facts.isMultiRegion ?? null,
    isOrganizationTrail: facts.isOrganizationTrail ?? null,
    delivery: moves || isReplaced ? afterChange(after.id) : null,
  };
}

const UNTOUCHED: Edit = {
  isGone: false,
  facts: {},
  isLogging: null,
  isMultiRegion: null,
  isOrganizationTrail: null,
  delivery: null,
};

/** What the plan says of a trail anew; what it says before and after alike stays as AWS said it. */
function touched(before: PlannedTrail | null, after: PlannedTrail): Partial<TrailRecord> {
  const facts: Partial<TrailRecord> = configuration(after.record);
  for (const name of PLANNED) {
    if (before !== null && isSameFact(before.record[name], after.record[name])) delete facts[name];
  }
  return facts;
}

/** The facts that a plan tells, where a text of which part is not known is not known. */
export function configuration(record: TrailRecord): Pick<TrailRecord, (typeof PLANNED)[number]> {
  const text = (fact: Fact<string | null>) =>
    mapFact(fact, (known) => (known === null ? null : decided(known)));
  return {
    isMultiRegion: record.isMultiRegion,
    isOrganizationTrail: record.isOrganizationTrail,
    includeGlobalServiceEvents: record.includeGlobalServiceEvents,
    logFileValidationEnabled: record.logFileValidationEnabled,
    recursiveLogging: record.recursiveLogging,
    kmsKeyArn: text(record.kmsKeyArn),
    bucketName: text(record.bucketName),
    bucketPrefix: text(record.bucketPrefix),
    logGroupArn: text(record.logGroupArn),
    logsRoleArn: text(record.logsRoleArn),
    topicArn: text(record.topicArn),
    eventSelectors: record.eventSelectors,
    insightSelectors: record.insightSelectors,
    aggregatedEvents: record.aggregatedEvents,
    tags: record.tags,
  };
}

/** The same edit of a trail that may be another one: all that it touches is not known. */
export function blurred(edit: Edit, doubt: Unknown): Edit {
  const facts: Partial<TrailRecord> = {};
  for (const name of PLANNED) if (Object.hasOwn(edit.facts, name)) facts[name] = doubt;
  const blur = (fact: Fact<boolean> | null) => (fact === null ? null : doubt);
  return {
    isGone: edit.isGone === false ? false : doubt,
    facts,
    isLogging: blur(edit.isLogging),
    isMultiRegion: blur(edit.isMultiRegion),
    isOrganizationTrail: blur(edit.isOrganizationTrail),
    delivery: edit.delivery === null ? null : doubt,
  };
}
