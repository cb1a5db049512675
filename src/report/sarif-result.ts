import type { Finding } from "../evaluate/finding.ts";
import type { Gate } from "../evaluate/gate/gate.ts";
import { plannedOf, plannedWords, turnsOf, valueWords } from "./planned.ts";
import type { Report } from "./report.ts";
import { filePath, sarifPath } from "./sarif-path.ts";
import { SARIF_LEVEL } from "./sarif-rule.ts";
import { sarifText } from "./sarif-text.ts";

const REGION_LIMIT = 3;
/** Of values in a message: what matters is in front, and GitHub cuts the message. */
const VALUE_LIMIT = 100;

const ROOT = "%SRCROOT%";

/** Where paths begin; the consumer knows where it checked the repository out. */
export const SOURCE_ROOT = { [ROOT]: { description: { text: "The root of the repository." } } };

/** A finding as a SARIF result. */
export function sarifResult(finding: Finding, { gate }: Report, ruleIndex: number) {
  const { policy, severity, subject, fingerprint } = finding;
  const name = plannedOf(subject) === null ? (subject.arn ?? subject.id) : subject.id;
  return {
    ruleId: policy,
    ruleIndex,
    level: SARIF_LEVEL[severity],
    message: { text: sarifText(gate === null ? seenWords(finding) : turnedWords(finding)) },
    locations: [
      {
        physicalLocation: physicalLocation(finding),
        logicalLocations: [{ fullyQualifiedName: name, kind: "resource" }],
      },
    ],
    partialFingerprints: { primaryLocationLineHash: `${fingerprint.slice(3)}:1` },
    ...(gate === null ? {} : baselineState(finding, gate)),
    properties: {
      account: subject.account,
      region: subject.region,
      trailproofFingerprint: fingerprint,
      ...(gate === null ? {} : { ...plannedOf(subject), standing: finding.standing }),
    },
  };
}

/** The line that decides it, where it is at hand; else a path of its own that is no file. */
function physicalLocation({ location, subject }: Finding) {
  const uri = location == null ? null : filePath(location.file);
  if (location == null || uri === null) {
    return {
      artifactLocation: { uri: sarifPath(subject) },
      region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
    };
  }
  const { line, column, endLine, endColumn } = location;
  return {
    artifactLocation: { uri, uriBaseId: ROOT },
    region: { startLine: line, startColumn: column, endLine, endColumn },
  };
}

/** GitHub reads no such state and takes none amiss; other readers tell old from new by it. */
function baselineState({ standing, before }: Finding, { base }: Gate) {
  if (standing === "debt") return { baselineState: "unchanged" };
  if (before?.verdict === "fail") return { baselineState: "updated" };
  return base === null && before === undefined ? {} : { baselineState: "new" };
}

function seenWords(finding: Finding): string {
  const { message, carriedFrom } = finding;
  const seen = carriedFrom === undefined ? "" : ` (not looked at since ${carriedFrom.at})`;
  return `${livePlace(finding)}${message}${seen}`;
}

/** Account and region first: GitHub shows the first sentence alone where space is short. */
function livePlace({ subject, regions }: Finding): string {
  const { kind, account, accountName, region } = subject;
  if (kind === "unknown") return "";
  const who = [account ?? "unknown account", accountName === null ? "" : `(${accountName})`];
  const shown = regions.slice(0, REGION_LIMIT).join(", ");
  const more = regions.length > REGION_LIMIT ? ` and ${regions.length - REGION_LIMIT} more` : "";
  return `${[...who, region ?? `${shown}${more}`].filter((part) => part !== "").join(" ")}: `;
}

/** Stack and address first, then what is wrong, then what it was before. */
function turnedWords(finding: Finding): string {
  const { subject, message, standing } = finding;
  const planned = plannedOf(subject);
  const place = planned === null ? livePlace(finding) : `${plannedWords(planned)}: `;
  const turns = turnsOf(finding)
    .filter(({ told }) => told)
    .map(({ pointer, was, is }) => `${pointer} was ${short(was)}, is ${short(is)}`);
  const old = standing === "debt" ? ["it was so before this change"] : [];
  const how = [...turns, ...old].join("; ");
  return `${place}${message}${how === "" ? "" : ` (${how})`}`;
}

function short(value: Parameters<typeof valueWords>[0]): string {
  const words = valueWords(value);
  return words.length <= VALUE_LIMIT ? words : `${words.slice(0, VALUE_LIMIT)}…`;
}
