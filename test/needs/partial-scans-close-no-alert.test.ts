import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { ResultsSchema } from "../../src/report/results-schema.ts";
import type { OrganizationWorld } from "../../src/simulate/world.ts";
import { folder, judged } from "../whole-path/judged.ts";
import { MANAGEMENT, organization, organizationTrail } from "./worlds.ts";

const WORKLOAD = "333333333333";

const ownTrail = {
  name: "workload-trail",
  account: WORKLOAD,
  homeRegion: "eu-west-1",
  s3BucketName: "workload-logs",
};

/** An organization of three accounts whose workload keeps a trail of its own; `stopped`: which. */
function world(stopped: "organization" | "own" | null, unreachable?: string): OrganizationWorld {
  const status = [{ isLogging: false }];
  const accounts = organization().accounts.map((account) =>
    account.id === unreachable ? { ...account, roles: [] } : account,
  );
  return organization({
    accounts,
    trails: [
      { ...organizationTrail, ...(stopped === "organization" ? { status } : {}) },
      // Records data events, so that nothing the organization's trail records makes it redundant.
      {
        ...ownTrail,
        advancedEventSelectors: [
          {
            fieldSelectors: [
              { field: "eventCategory", equals: ["Data"] },
              { field: "resources.type", equals: ["AWS::SNS::Topic"] },
            ],
          },
        ],
        ...(stopped === "own" ? { status } : {}),
      },
    ],
    buckets: [
      { name: "organization-logs", account: "222222222222", region: "us-east-1" },
      { name: "workload-logs", account: WORKLOAD, region: "eu-west-1" },
    ],
  });
}

const isResults = new Ajv2020({ strict: false }).compile(ResultsSchema);

type Result = {
  ruleId: string;
  partialFingerprints: { primaryLocationLineHash: string };
  locations: { physicalLocation: { artifactLocation: { uri: string } } }[];
};

/** A file's alerts as GitHub tells them apart: tool, rule, path, fingerprint. */
function alertsIn(path: string): string[] {
  const [run] = JSON.parse(readFileSync(path, "utf8")).runs;
  expect(run.invocations[0].executionSuccessful).toBe(true);
  return run.results
    .map(({ ruleId, partialFingerprints, locations: [location] }: Result) =>
      [
        run.tool.driver.name,
        ruleId,
        location?.physicalLocation.artifactLocation.uri,
        partialFingerprints.primaryLocationLineHash,
      ].join(" "),
    )
    .sort();
}

/** Scans one world after another, each with the results of the one before it. */
async function scans(worlds: OrganizationWorld[], entry?: string) {
  const runs: { alerts: string[]; exitCode: number; results: string }[] = [];
  for (const [day, each] of worlds.entries()) {
    const out = folder();
    const before = runs.at(-1);
    const { exitCode } = await judged(
      { ...each, now: `2026-11-0${day + 1}T06:00:00Z` },
      {
        out,
        format: ["json", "sarif"],
        failOn: "high",
        ...(before === undefined ? {} : { carryForward: before.results, baseline: before.results }),
      },
      entry === undefined ? {} : { entry },
    );
    runs.push({
      alerts: alertsIn(join(out, "results.sarif")),
      exitCode,
      results: join(out, "results.json"),
    });
  }
  return runs;
}

/** The alerts that come and go: not those that every run has. */
function flow(runs: { alerts: string[] }[]): string[][] {
  const always = (alert: string) => runs.every(({ alerts }) => alerts.includes(alert));
  return runs.map(({ alerts }) =>
    alerts.filter((alert) => !always(alert)).map((alert) => alert.split(" ").slice(1, 3).join(" ")),
  );
}

const BLIND = "account-audited aws/unknown/account-unreachable/sts%3AAssumeRole";

test.for<{ what: string; stopped: "organization" | "own"; unreachable: string; alert: string }>([
  {
    what: "the organization's trail, and a member cannot be entered",
    stopped: "organization",
    unreachable: WORKLOAD,
    alert: `trail-is-logging aws/${MANAGEMENT}/replica/${MANAGEMENT}/us-east-1/organization-trail`,
  },
  {
    what: "a member's own trail, and that member cannot be entered",
    stopped: "own",
    unreachable: WORKLOAD,
    alert: `trail-is-logging aws/${WORKLOAD}/replica/${WORKLOAD}/eu-west-1/workload-trail`,
  },
])(
  "a trail is stopped: $what, then it is started: one alert opens, stays, closes",
  async (given) => {
    const { stopped, unreachable, alert } = given;
    const runs = await scans([
      world(null),
      world(stopped),
      world(stopped, unreachable),
      world(null),
    ]);
    expect(flow(runs)).toEqual([[], [alert], [BLIND, alert].sort(), []]);
    expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 1, 1, 0]);
    const [first, second, third, fourth] = runs.map(({ results }) =>
      JSON.parse(readFileSync(results, "utf8")),
    );
    for (const each of [first, second, third, fourth]) {
      expect(isResults(each), JSON.stringify(isResults.errors)).toBe(true);
    }
    const noted = third.notes.find(({ id }: { id: string }) => id === "carried-forward");
    expect(noted.text).toMatch(/stand from before, the oldest since 2026-11-02T06:00:00\.000Z$/);
    expect(noted.sample).toEqual([WORKLOAD]);
    expect(first.baseline).toBe(undefined);
    expect(second.baseline.counts).toMatchObject({ new: 1, fixed: 0 });
    expect(third.baseline.counts).toMatchObject({ new: 1, fixed: 0, gone: 0, unseen: 0 });
    expect(fourth.baseline.counts).toMatchObject({ new: 0, fixed: 2, gone: 0, unseen: 0 });
    const carried = third.findings.filter(
      (each: Record<string, unknown>) =>
        each["policy"] === "trail-is-logging" && "carriedFrom" in each,
    );
    expect(carried.map((each: { carriedFrom: { at: string } }) => each.carriedFrom.at)).toEqual(
      stopped === "own" ? ["2026-11-02T06:00:00.000Z"] : [],
    );
  },
);

test("the account whose trail it is becomes unreachable: its members' copies raise nothing of their own", async () => {
  const delegated = (stopped: "organization" | null, unreachable?: string): OrganizationWorld => ({
    ...world(stopped, unreachable),
    roles: [{ name: "TrailproofAuditor", trusts: ["222222222222"] }],
    organization: {
      ...world(null).organization,
      delegatedAdministrators: { "cloudtrail.amazonaws.com": ["222222222222"] },
    },
  });
  const runs = await scans(
    [
      delegated(null),
      delegated("organization"),
      delegated("organization", MANAGEMENT),
      delegated(null),
    ],
    "222222222222",
  );
  const alert = `trail-is-logging aws/${MANAGEMENT}/replica/${MANAGEMENT}/us-east-1/organization-trail`;
  expect(
    flow(runs).map((alerts) => alerts.filter((each) => !each.startsWith("account-audited"))),
  ).toEqual([[], [alert], [alert], []]);
});

test("without the results before, a scan that is not complete writes no SARIF and says why", async () => {
  const out = folder();
  const { heard } = await judged(world("own", WORKLOAD), { out, format: ["json", "sarif"] });
  expect(existsSync(join(out, "results.sarif"))).toBe(false);
  expect(heard.err).toMatch(
    /Not written: .*results\.sarif: not every expected account was audited/,
  );
  expect(heard.err).toContain("--carry-forward keeps them");
});
