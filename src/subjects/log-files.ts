import { all, and, any, or, type Truth } from "../snapshot/logic.ts";
import type { TrailRecord } from "../snapshot/resources/trail.ts";
import { decided } from "../snapshot/stand-in.ts";
import { type Fact, isUnknown, type Unknown, unknown } from "../snapshot/unknown.ts";
import type { Users } from "./users.ts";

/** Where in a bucket trails put their log files. */
export type LogFiles = Pick<Users, "records" | "open"> & {
  organizationId: Fact<string>;
  /** Where its policy lets CloudTrail write, up to the first wildcard; absent: its trails tell. */
  folders?: readonly string[];
};

/** What CloudTrail writes besides digests: one folder for each class of events. */
const FOLDERS = [
  "CloudTrail/",
  "CloudTrail-Insight/",
  "CloudTrail-NetworkActivity/",
  "CloudTrail-Aggregated/",
];

/**
 * Whether a rule for keys of this prefix touches log files: those of some trail, or some of those.
 * Keys read `[prefix/]AWSLogs/[o-id/]account/CloudTrail/region/year/month/day/file`.
 */
export function touchesLogFiles(rulePrefix: string, files: LogFiles): Truth {
  if (rulePrefix === "") return true;
  if (files.folders !== undefined) {
    return any(files.folders, (folder) => touchesFolder(rulePrefix, folder, files));
  }
  return or(
    any(files.records, (trail) => touches(rulePrefix, trail, files.organizationId)),
    files.open ?? false,
  );
}

/** Whether a rule for keys of this prefix takes in every log file. */
export function coversLogFiles(rulePrefix: string, files: LogFiles): Truth {
  if (rulePrefix === "") return true;
  return and(
    all(files.records, (trail) => coversTrail(rulePrefix, trail, files)),
    files.open ?? true,
  );
}

const FOLDER = "AWSLogs/";

/**
 * What CloudTrail may write somewhere, a rule for all of it touches; a rule for less touches the files
 * of some trail, which may have none there.
 */
function touchesFolder(rulePrefix: string, folder: string, { open }: LogFiles): Truth {
  if (folder !== "" && folder.startsWith(rulePrefix)) return true;
  if (!rulePrefix.startsWith(folder)) return false;
  const at = rulePrefix.indexOf(FOLDER);
  // A folder of any name may be where some trail puts its own.
  if (at < 0) return FOLDER.startsWith(rulePrefix) ? SOME_TRAIL : (open ?? false);
  const rest = rulePrefix.slice(at + FOLDER.length);
  const inside = rest.replace(/^o-[a-z0-9]*(\/|$)/, "");
  return inside === "" || afterOrganization(inside) !== false ? SOME_TRAIL : false;
}

const SOME_TRAIL = unknown("unresolved", {
  detail: "whether the prefix of a rule is some trail's",
});

/** Whether a rule for keys of this prefix takes in every log file of the trail. */
export function coversTrail(rulePrefix: string, trail: TrailRecord, files: LogFiles): Truth {
  if (rulePrefix === "") return true;
  return inFolder({ rulePrefix, trail, organizationId: files.organizationId }, (path, isShared) =>
    (isShared ? path : `${path}CloudTrail`).startsWith(rulePrefix),
  );
}

function touches(rulePrefix: string, trail: TrailRecord, organizationId: Fact<string>): Truth {
  return inFolder({ rulePrefix, trail, organizationId }, (path, isShared) => {
    if (path.startsWith(rulePrefix)) return true;
    if (!rulePrefix.startsWith(path)) return false;
    const rest = rulePrefix.slice(path.length);
    return isShared ? afterOrganization(rest) : afterAccount(rest);
  });
}

type Question = { rulePrefix: string; trail: TrailRecord; organizationId: Fact<string> };

/**
 * Asks about the folder that holds nothing but the trail's own files: its account's, or its
 * organization's. Where a part of the path is not known, what all its values have in common counts.
 */
function inFolder(question: Question, ask: (path: string, isShared: boolean) => Truth): Truth {
  const { bucketPrefix: prefix, isOrganizationTrail: isShared, accountId } = question.trail;
  if (isUnknown(prefix)) return prefix;
  const root = `${prefix === null || prefix === "" ? "" : `${prefix}/`}AWSLogs/`;
  const account = decided(accountId);
  const ofAccount = () =>
    isUnknown(account) ? inAny(root, question, account) : ask(`${root}${account}/`, false);
  const ofOrganization = () => inOrganization(root, question, (path) => ask(path, true));
  if (!isUnknown(isShared)) return isShared ? ofOrganization() : ofAccount();
  const [either, other] = [ofAccount(), ofOrganization()];
  return either === other ? either : isShared;
}

/** The account's id comes next: a prefix that goes on may name this one or another. */
function inAny(root: string, { rulePrefix }: Question, account: Unknown): Truth {
  if (root.startsWith(rulePrefix)) return true;
  return rulePrefix.startsWith(root) ? account : false;
}

function inOrganization(
  root: string,
  { rulePrefix, organizationId }: Question,
  ask: (path: string) => Truth,
): Truth {
  if (!isUnknown(organizationId)) return ask(`${root}${organizationId}/`);
  // Every organization's id begins so; a prefix that goes on may name this one or another.
  const stem = `${root}o-`;
  if (stem.startsWith(rulePrefix)) return true;
  return rulePrefix.startsWith(stem) ? organizationId : false;
}

/** What follows the organization's folder: an account, any of them. */
function afterOrganization(rest: string): Truth {
  if (/^\d{1,12}$/.test(rest)) return true;
  const [, account] = /^(\d{12}\/)/.exec(rest) ?? [];
  return account === undefined ? false : afterAccount(rest.slice(account.length));
}

/** What follows an account's folder: a class of events, a region, a day. */
function afterAccount(rest: string): Truth {
  if (FOLDERS.some((each) => each.startsWith(rest))) return true;
  const own = FOLDERS.find((each) => rest.startsWith(each));
  if (own === undefined) return false;
  const region = rest.slice(own.length);
  if (/^[a-z0-9-]*\/?$/.test(region)) return true;
  return unknown("unresolved", { detail: "which days' log files a rule's prefix names" });
}
