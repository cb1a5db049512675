import { ACCOUNT_AUDITED } from "../evaluate/account-audited.ts";
import { compare } from "../evaluate/accounts.ts";
import type { Finding } from "../evaluate/finding.ts";
import { type Policy, SEVERITIES, type Severity } from "../policy/policy.ts";
import type { Report } from "./report.ts";
import { sarifPath } from "./sarif-path.ts";

/** GitHub keeps the 5,000 worst results of a run and rejects a file with more than 25,000. */
const RESULT_LIMIT = 5_000;
const TEXT_LIMIT = 1_000;
/** GitHub shows ten tags of a rule. */
const TAG_LIMIT = 10;
const REGION_LIMIT = 3;

/** The middle of each of GitHub's bands, so that no rounding moves an alert. */
const SECURITY_SEVERITY: Record<Severity, string> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "2.0",
  info: "0.1",
};

const LEVEL: Record<Severity, "error" | "warning" | "note"> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "note",
  info: "note",
};

/** A SARIF 2.1.0 file: one run, a rule for every policy that judged, a result for every finding. */
export function sarif(report: Report): string {
  const rules = [...report.policies, ACCOUNT_AUDITED].sort((a, b) => compare(a.id, b.id));
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const worst = [...report.audit.findings].sort(
    (a, b) => SEVERITIES.indexOf(a.gateSeverity) - SEVERITIES.indexOf(b.gateSeverity),
  );
  const kept = worst.slice(0, RESULT_LIMIT);
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Trailproof",
            semanticVersion: report.version,
            rules: rules.map((policy) => rule(policy, controlsOf(policy.id, report))),
          },
        },
        automationDetails: { id: `${report.category}/` },
        invocations: [invocation(report, worst.length - kept.length)],
        results: kept.map((finding) => result(finding, indexes.get(finding.policy) ?? -1)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

type Rule = Pick<Policy, "id" | "title" | "severity" | "why" | "fix" | "references">;

function rule(policy: Rule, controls: Record<string, string[]>) {
  return {
    id: policy.id,
    name: policy.id,
    shortDescription: { text: bounded(policy.title) },
    fullDescription: { text: bounded(policy.why) },
    help: { text: `${policy.why.trim()}\n\n${fixText(policy)}`, markdown: helpMarkdown(policy) },
    defaultConfiguration: { level: LEVEL[policy.severity] },
    properties: {
      tags: ["security", "cloudtrail", ...Object.keys(controls)].slice(0, TAG_LIMIT),
      precision: "very-high",
      "security-severity": SECURITY_SEVERITY[policy.severity],
      controls,
    },
  };
}

/** The controls that a policy is mapped to, by framework. */
function controlsOf(policy: string, { audit }: Report): Record<string, string[]> {
  const mapped = audit.frameworks.map(({ id, controls }): [string, string[]] => [
    id,
    controls
      .filter(({ policies }) => policies.some((each) => each.policy === policy))
      .map((control) => control.id),
  ]);
  return Object.fromEntries(mapped.filter(([, controls]) => controls.length > 0));
}

const fixText = ({ fix }: Rule): string =>
  `Fix: ${(fix.cli ?? fix.text ?? fix.terraform ?? fix.cloudformation ?? "").trim()}`;

function helpMarkdown({ title, why, fix, references }: Rule): string {
  const block = (name: string, language: string, body: string | undefined) =>
    body === undefined ? [] : [`**${name}**`, `\`\`\`${language}\n${body.trim()}\n\`\`\``];
  return [
    `## ${title}`,
    why.trim(),
    ...(fix.text === undefined ? [] : [fix.text.trim()]),
    ...block("AWS CLI", "sh", fix.cli),
    ...block("Terraform", "hcl", fix.terraform),
    ...block("CloudFormation", "yaml", fix.cloudformation),
    references.map((url) => `- <${url}>`).join("\n"),
  ].join("\n\n");
}

function result(finding: Finding, ruleIndex: number) {
  const { policy, severity, message, subject, fingerprint, carriedFrom } = finding;
  const seen = carriedFrom === undefined ? "" : ` (not looked at since ${carriedFrom.at})`;
  return {
    ruleId: policy,
    ruleIndex,
    level: LEVEL[severity],
    message: { text: bounded(`${place(finding)}${message}${seen}`) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: sarifPath(subject) },
          region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
        },
        logicalLocations: [{ fullyQualifiedName: subject.arn ?? subject.id, kind: "resource" }],
      },
    ],
    partialFingerprints: { primaryLocationLineHash: `${fingerprint.slice(3)}:1` },
    properties: {
      account: subject.account,
      region: subject.region,
      trailproofFingerprint: fingerprint,
    },
  };
}

/** Account and region first: GitHub shows the first sentence alone where space is short. */
function place({ subject, regions }: Finding): string {
  const { kind, account, accountName, region } = subject;
  if (kind === "unknown") return "";
  const who = [account ?? "unknown account", accountName === null ? "" : `(${accountName})`];
  const shown = regions.slice(0, REGION_LIMIT).join(", ");
  const more = regions.length > REGION_LIMIT ? ` and ${regions.length - REGION_LIMIT} more` : "";
  return `${[...who, region ?? `${shown}${more}`].filter((part) => part !== "").join(" ")}: `;
}

function invocation({ complete, carriesForward, outcome }: Report, cut: number) {
  const note = {
    level: "warning",
    message: {
      text: `${cut} findings of lower severity were left out: GitHub keeps ${RESULT_LIMIT}.`,
    },
  };
  return {
    // GitHub refuses a file that says false; with what is carried forward nothing is missing in it.
    executionSuccessful: complete || carriesForward,
    properties: { outcome },
    ...(cut > 0 ? { toolExecutionNotifications: [note] } : {}),
  };
}

/** No control characters, and within GitHub's limit for descriptions. */
function bounded(text: string): string {
  const clean = text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
    .trim();
  return clean.length <= TEXT_LIMIT ? clean : `${clean.slice(0, TEXT_LIMIT)}…`;
}
