import type { AccountRecord, RegionRecord } from "../snapshot/account-record.ts";
import { type Fact, type Unknown, unknown } from "../snapshot/unknown.ts";
import { isRegion } from "./arn.ts";
import type { Caller } from "./call.ts";
import type { Notebook } from "./evidence.ts";
import { oneOf } from "./given.ts";
import { everyPage } from "./pages.ts";
import type { Run } from "./run.ts";

const AUDITED = ["ENABLED_BY_DEFAULT", "ENABLED", "ENABLING", "DISABLING"] as const;

/** One enabled region; its optStatus is unknown where only the operator named it. */
export type EnabledRegion = Pick<RegionRecord, "name" | "optStatus">;

/** The regions of an account, and what told them. */
export type AccountRegions = Pick<AccountRecord, "regionsFrom" | "regionsOutsideScope"> & {
  regions: EnabledRegion[];
  /** Why there may be more; null: these are all. */
  open: Unknown | null;
};

/**
 * Lists an account's enabled regions with its own identity: the management account could ask for
 * all, but AWS lets it do so for five accounts a second only, and wants trusted access for it.
 * SecurityAudit allows ec2:DescribeRegions only, which is asked where account:ListRegions fails.
 */
export async function accountRegions(
  run: Run,
  caller: Caller,
  notebook: Notebook,
): Promise<AccountRegions> {
  const first = await fromAccount(run, caller, notebook);
  if (!("failure" in first)) return narrowed(run, "account:ListRegions", first);
  const second = await fromEc2(run, caller, notebook);
  if (!("failure" in second)) return narrowed(run, "ec2:DescribeRegions", second);
  const asked = run.request.regions;
  const none = { regionsFrom: null, regionsOutsideScope: [], regions: [] };
  if (asked === null) return { ...none, open: first.failure };
  const regions = asked.map((name) => ({ name, optStatus: first.failure }));
  return { ...none, regionsFrom: "option", regions: inOrder(regions), open: null };
}

type Listed = EnabledRegion[] | { failure: Unknown };

async function fromAccount(run: Run, caller: Caller, notebook: Notebook): Promise<Listed> {
  const place = { caller, region: run.leader };
  const { pages, evidence, cut } = await everyPage(
    (NextToken) => run.ask("account:ListRegions", place, { NextToken, MaxResults: 50 }),
    (page) => page.NextToken,
  );
  for (const page of evidence) notebook.tells(["/regions"], page);
  if (cut !== null) return { failure: cut };
  const regions = pages.flatMap((page) => page.Regions ?? []);
  const enabled = regions.filter(({ RegionOptStatus: status }) => status !== "DISABLED");
  return readable(
    enabled.map(({ RegionName: name, RegionOptStatus: status }) => ({
      name,
      optStatus: oneOf(status, "RegionOptStatus", AUDITED),
    })),
  );
}

async function fromEc2(run: Run, caller: Caller, notebook: Notebook): Promise<Listed> {
  const answer = await run.ask("ec2:DescribeRegions", { caller, region: run.region }, {});
  notebook.tells(["/regions"], answer.evidence);
  if (!answer.ok) return { failure: answer.unknown };
  const regions = answer.value.Regions ?? [];
  const enabled = regions.filter(({ OptInStatus: status }) => status !== "not-opted-in");
  return readable(
    enabled.map(({ RegionName: name, OptInStatus: status }) => ({
      name,
      optStatus: optStatusOf(status),
    })),
  );
}

function optStatusOf(status: string | undefined): Fact<(typeof AUDITED)[number]> {
  if (status === "opt-in-not-required") return "ENABLED_BY_DEFAULT";
  return status === "opted-in" ? "ENABLED" : oneOf(status, "OptInStatus", AUDITED);
}

/** An account without regions, or with one that is no region, is an answer not to be trusted. */
function readable(
  regions: { name: string | undefined; optStatus: EnabledRegion["optStatus"] }[],
): Listed {
  const known: EnabledRegion[] = [];
  for (const { name, optStatus } of regions) {
    if (name !== undefined && isRegion(name)) known.push({ name, optStatus });
  }
  if (known.length > 0 && known.length === regions.length) return known;
  return { failure: unknown("unsupported", { detail: "the list of regions could not be read" }) };
}

function narrowed(
  { request: { regions: asked } }: Run,
  regionsFrom: AccountRecord["regionsFrom"],
  regions: EnabledRegion[],
): AccountRegions {
  const isAsked = ({ name }: EnabledRegion) => asked === null || asked.includes(name);
  return {
    regionsFrom,
    regions: inOrder(regions.filter(isAsked)),
    regionsOutsideScope: regions
      .filter((each) => !isAsked(each))
      .map(({ name }) => name)
      .sort(),
    open: null,
  };
}

const inOrder = (regions: EnabledRegion[]) => regions.sort((a, b) => (a.name < b.name ? -1 : 1));
