import { readFileSync, statSync } from "node:fs";
import { AuditError } from "../errors.ts";
import type { Earlier } from "../evaluate/diff.ts";
import type { Past } from "../evaluate/diff-history.ts";
import { type Finding, fingerprint } from "../evaluate/finding.ts";
import type { JudgingOptions } from "../options.ts";
import { RESULTS_FORMAT } from "../report/results-format.ts";

type Read = Omit<Earlier, "accounts"> & { accounts: { list: Earlier["accounts"] } };

/** Results of an organization of 10,000 accounts in a bad state are a tenth of this. */
const LARGEST_BYTES = 256 * 1024 * 1024;

/** Reads the results that a run is compared with, or goes on from; throws "bad-results". */
export async function pastOf({
  baseline,
  carryForward,
}: Pick<JudgingOptions, "baseline" | "carryForward">): Promise<Past> {
  return {
    baseline: baseline === undefined ? null : await earlierResults(baseline, "--baseline"),
    carry:
      carryForward === undefined ? null : await earlierResults(carryForward, "--carry-forward"),
  };
}

async function earlierResults(path: string, option: string): Promise<Earlier> {
  const value = parsed(path, option);
  // Loaded here because few runs have earlier results and every run would pay for ajv and schemas.
  const { Ajv2020 } = await import("ajv/dist/2020.js");
  const { EarlierResultsSchema } = await import("../report/results-schema.ts");
  const isResults = new Ajv2020({ strict: false }).compile<Read>(EarlierResultsSchema);
  if (!isResults(value)) {
    const [error] = isResults.errors ?? [];
    throw bad(
      path,
      `is not results.json of format ${RESULTS_FORMAT}: ${error?.instancePath || "it"} ${error?.message}`,
      option,
    );
  }
  const { version, startedAt, accounts, findings } = value;
  const strange = findings.find((finding) => !isOurs(finding));
  if (strange !== undefined) {
    throw bad(
      path,
      `has a finding whose fingerprint is not its own (${strange.policy.slice(0, 100)})`,
      option,
    );
  }
  return { version, startedAt, accounts: accounts.list, findings };
}

const isOurs = ({ policy, subject, fingerprint: told }: Finding): boolean =>
  told === fingerprint(policy, subject);

function parsed(path: string, option: string): unknown {
  try {
    if (statSync(path).size > LARGEST_BYTES) throw new Error("it is larger than 256 MiB");
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw bad(path, `cannot be read (${error instanceof Error ? error.message : error})`, option);
  }
}

function bad(path: string, what: string, option: string): AuditError {
  return new AuditError(
    "bad-results",
    `${path}: ${what}`,
    `Give ${option} the results.json of an earlier run of this version, or leave it out this once.`,
  );
}
