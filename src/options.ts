import { type Command, InvalidArgumentError, Option } from "commander";
import type { Threshold } from "./evaluate/outcome.ts";
import { SEVERITIES } from "./policy/policy.ts";

/** What every command that judges takes. */
export type JudgingOptions = {
  config?: string;
  out: string;
  format: string[];
  failOn: Threshold;
  unknownFailsAt: Threshold;
  policy?: string[];
  skipPolicy?: string[];
  policies?: string;
  /** Ids of the frameworks to roll up; left out: all. */
  framework?: string[];
  /** The scope of the config that the run is limited to; left out: none. */
  scope?: string;
  /** Left out: `trailproof`, with the scope's name behind it where there is one. */
  category?: string;
  /** The day of judgement, `YYYY-MM-DD`; left out: today, in UTC. */
  asOf?: string;
  redact: boolean;
  /** A results.json to compare with. */
  baseline?: string;
  /** A results.json whose findings stand where this run could not look. */
  carryForward?: string;
  all: boolean;
  quiet: boolean;
  json: boolean;
};

/** What `scan` takes besides. */
export type ScanOptions = JudgingOptions & {
  organization: boolean;
  role?: string;
  organizationRole?: string;
  externalId?: string;
  accounts?: string[];
  ous?: string[];
  excludeAccounts?: string[];
  regions?: string[];
  deadline: number;
};

/** What `check` takes besides. */
export type CheckOptions = JudgingOptions & {
  /** A branch, tag or commit; left out: what the run's event names, else the merge base. */
  baseRef?: string;
  /** A snapshot to lay the change over. */
  live?: string;
  /** Names of the stacks that must be there; left out: those of the config. */
  expect?: string[];
};

export const DEFAULT_ROLE = "TrailproofAuditor";

/** Adds the options that every judging command shares. */
export function withJudgingOptions(
  command: Command,
  formats: readonly string[],
  unknownFailsAt: Threshold = "high",
): Command {
  return command
    .option("--config <file>", "configuration (default: trailproof.yaml, where there is one)")
    .option("--out <dir>", "folder for the results", "./trailproof-report")
    .option("--format <list>", `files to write: ${formats.join(", ")}`, oneOf(formats), [
      ...formats,
    ])
    .addOption(threshold("--fail-on <severity>", "exit 1 from this severity on", "medium"))
    .addOption(
      threshold(
        "--unknown-fails-at <severity>",
        "exit 3 where a verdict of this severity is unknown",
        unknownFailsAt,
      ),
    )
    .option("--policy <ids>", "judge by these policies alone", list)
    .option("--skip-policy <ids>", "leave these policies out", list)
    .option("--policies <dir>", "add the policies in this folder")
    .option(
      "--framework <ids>",
      "roll up these frameworks alone, or all (default: those of the config, PCI DSS and HIPAA)",
      list,
    )
    .option("--category <name>", "category of the SARIF file (default: by what is judged)")
    .option(
      "--redact",
      "keep account ids and ARNs out of what is printed and of the summary",
      false,
    )
    .option("--all", "put every verdict into results.json, passes too", false)
    .option("--quiet", "print the outcome alone", false)
    .option("--json", "print results.json on stdout, everything else on stderr", false);
}

/** Adds what commands take that judge an organization, and can go on from earlier results. */
export function withHistoryOptions(command: Command): Command {
  return command
    .option("--scope <name>", "only what concerns the accounts of this scope of the config")
    .option("--baseline <results>", "say what changed since this results.json")
    .option(
      "--carry-forward <results>",
      "keep the findings of this results.json where this run could not look",
    );
}

/** Adds what `check` takes besides. */
export function withCheckOptions(command: Command): Command {
  return command
    .option("--base-ref <ref>", "compare with where this left that branch, tag or commit")
    .option("--live <snapshot>", "lay the change over this snapshot.ndjson.gz")
    .option("--expect <stacks>", "stacks that must be there (default: those of the config)", list);
}

/** Adds the options that say what `scan` reaches, and how. */
export function withScanOptions(command: Command): Command {
  return command
    .option("--organization", "audit every account of the organization", false)
    .option("--role <name>", `role to assume in each account (default: ${DEFAULT_ROLE})`)
    .option(
      "--organization-role <arn>",
      "role in the management or delegated account that lists accounts",
      roleArn,
    )
    .option("--external-id <id>", "external id sent with each AssumeRole")
    .option("--accounts <ids>", "audit only these accounts", accountIds)
    .option("--ous <list>", "audit only accounts under these organizational units", list)
    .option("--exclude-accounts <ids>", "leave these accounts out", accountIds)
    .option("--regions <list>", "audit only these regions", list)
    .option(
      "--deadline <minutes>",
      "stop asking after this long; what is missing is unknown",
      minutes,
      120,
    );
}

function threshold(flags: string, description: string, fallback: Threshold): Option {
  return new Option(flags, description).choices([...SEVERITIES, "none"]).default(fallback);
}

/** A day as `YYYY-MM-DD`. */
export function day(value: string): string {
  const time = Date.parse(`${value}T00:00:00.000Z`);
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(value)) return value;
  throw new InvalidArgumentError("It is not a day as YYYY-MM-DD.");
}

/** Splits at commas; empty parts are dropped. */
function list(value: string): string[] {
  const parts = value.split(",").map((part) => part.trim());
  const named = parts.filter((part) => part !== "");
  if (named.length === 0) throw new InvalidArgumentError("It names nothing.");
  return named;
}

function oneOf(choices: readonly string[]): (value: string) => string[] {
  return (value) => {
    const named = list(value);
    const wrong = named.find((name) => !choices.includes(name));
    if (wrong === undefined) return named;
    throw new InvalidArgumentError(`\`${wrong}\` is none of ${choices.join(", ")}.`);
  };
}

function accountIds(value: string): string[] {
  const ids = list(value);
  const wrong = ids.find((id) => !/^[0-9]{12}$/.test(id));
  if (wrong === undefined) return ids;
  throw new InvalidArgumentError(`\`${wrong}\` is not an account id of twelve digits.`);
}

function roleArn(value: string): string {
  if (/^arn:[a-z0-9-]+:iam::[0-9]{12}:role\/.+/.test(value)) return value;
  throw new InvalidArgumentError("It is not the ARN of a role.");
}

function minutes(value: string): number {
  const number = Number(value);
  if (Number.isFinite(number) && number > 0) return number;
  throw new InvalidArgumentError("It is not a number of minutes above 0.");
}
