import { truncateSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Way } from "../../../src/commands/check/live/overlays.ts";
import { compareLive, liveSnapshot } from "../../../src/commands/check/live.ts";
import type { SnapshotRecord } from "../../../src/snapshot/records.ts";
import type { TrailRecord } from "../../../src/snapshot/resources/trail.ts";
import type { TemplateResource } from "../../../src/templates/resource.ts";
import {
  aListed,
  aLocalTrail,
  anAccount,
  aRegion,
  aSnapshot,
  aTrail,
  CONTEXT,
  denied,
  itsResources,
  LOCAL_TRAIL,
  MANAGEMENT,
  management,
  NOW,
  ORG_TRAIL,
  sees,
  shown,
  WORKLOAD,
} from "../../subjects/a-snapshot.ts";
import {
  a,
  later,
  localTrail,
  noAccount,
  organizationTrail,
  sideOf,
} from "../../subjects/overlay/a-change.ts";
import { compared, comparedWays, lines, NO_FATES, snapshotFile, way } from "./compared.ts";

const LOCAL = "prod#aws_cloudtrail.local";
const ORGANIZATION = "prod#aws_cloudtrail.organization";
const REGIONS = ["eu-west-1", "us-east-1"];
const both = { accounts: [aListed(MANAGEMENT), aListed(WORKLOAD, { name: "payments" })] };

type Changes = {
  trail?: Partial<TrailRecord>;
  local?: Partial<TrailRecord>;
  /** The trails that the workload sees in each region. */
  seen?: string[];
  account?: Parameters<typeof anAccount>[2];
};

/** An organization of two, whose workload has a multi-region trail of its own besides. */
function live({ trail, local, seen = [ORG_TRAIL, LOCAL_TRAIL], account }: Changes = {}) {
  const regions = (arns: readonly string[]) =>
    REGIONS.map((name) =>
      aRegion(
        name,
        arns.map((arn) => sees(arn)),
      ),
    );
  return aSnapshot({
    organization: both,
    resources: [aTrail(trail), aLocalTrail({ isMultiRegion: true, ...local }), ...itsResources()],
    accounts: [
      anAccount(MANAGEMENT, regions([ORG_TRAIL])),
      anAccount(WORKLOAD, regions(seen), account),
    ],
  });
}

const own = (values: Parameters<typeof localTrail>[0] = {}, settings = {}) =>
  localTrail({ is_multi_region_trail: true, ...values }, settings);
const deleted: [TemplateResource[], TemplateResource[]] = [[own()], []];

describe("a deleted trail", () => {
  test("that was the only one leaves an account without, and each region is named", async () => {
    const told = await compared(live({ seen: [LOCAL_TRAIL] }), deleted);
    expect(lines(told)).toEqual([`fail account-has-multi-region-trail-logging ${WORKLOAD}`]);
    expect(told.explained.map(({ policy, regions }) => `${policy} ${regions}`)).toContain(
      `region-management-events-recorded ${REGIONS}`,
    );
    const [finding] = told.findings;
    expect(finding).toMatchObject({
      standing: "regression",
      before: { verdict: "pass" },
      message:
        "After this change: Account 222222222222 has no multi-region trail that is logging and records management events (account payments)",
      affects: { accounts: 1, regions: 2 },
    });
    expect(told.mended).toEqual([]);
    expect(told.startedAt).toBe(NOW);
    expect(told.coveredByOthers(LOCAL)).toBe(false);
  });

  test("that was the only one of a region is told for that region", async () => {
    const records = live({ seen: [], local: { isMultiRegion: false } }).map((record) =>
      record.kind === "account" && record.id === WORKLOAD
        ? {
            ...record,
            regions: [aRegion("eu-west-1", [sees(LOCAL_TRAIL)]), aRegion("us-east-1", [])],
          }
        : record,
    );
    const told = await compared(records, [[localTrail()], []]);
    const finding = told.findings.find(
      ({ policy }) => policy === "region-management-events-recorded",
    );
    expect(finding?.message).toBe(
      "After this change no trail records eu-west-1 of account 222222222222 (payments).",
    );
    expect(finding?.regions).toEqual(["eu-west-1"]);
    expect(finding?.before?.facts).toContainEqual({
      pointer: "/coverage/managementReads",
      actual: true,
    });
    expect(lines(told).filter((line) => line.includes("account-has"))).toEqual([]);
  });

  test("that was the organization's only one is one finding for all accounts", async () => {
    const told = await compared(live({ seen: [ORG_TRAIL] }), [[organizationTrail()], []]);
    expect(lines(told)).toEqual([`fail organization-trail-covers-every-account o-exampleorgid`]);
    expect(told.findings[0]?.affects).toMatchObject({ accounts: 2, regions: 4 });
    expect(told.findings[0]?.message).toMatch(/^After this change: Accounts without .*1111/);
  });

  test("whose recording another trail keeps breaks nothing", async () => {
    const told = await compared(live(), deleted);
    expect(told.findings).toEqual([]);
    expect(told.coveredByOthers(LOCAL)).toBe(true);
    expect(told.notes).toEqual([]);
  });
});

describe("whether others record what a deleted trail did", () => {
  const cases: { what: string; records: SnapshotRecord[]; covered: unknown }[] = [
    {
      what: "no: the other one leaves out an event source",
      records: live({
        trail: {
          eventSelectors: management({ excludeManagementEventSources: ["kms.amazonaws.com"] }),
        },
        local: { eventSelectors: management() },
      }),
      covered: false,
    },
    {
      what: "no: the other one records writes alone",
      records: live({
        trail: { eventSelectors: management({ readWriteType: "WriteOnly" }) },
        local: { eventSelectors: management() },
      }),
      covered: false,
    },
    {
      what: "yes: it left out what the other one leaves out",
      records: live({
        trail: { eventSelectors: management({ readWriteType: "WriteOnly" }) },
        local: { eventSelectors: management({ readWriteType: "WriteOnly" }) },
      }),
      covered: true,
    },
    {
      what: "no: data events of one kind of resource, of which no policy asks",
      records: live({
        trail: { eventSelectors: management() },
        local: {
          eventSelectors: {
            basic: [],
            advanced: [
              {
                name: null,
                fieldSelectors: [
                  { field: "eventCategory", equals: ["Data"] },
                  { field: "resources.type", equals: ["AWS::SNS::Topic"] },
                ],
              },
            ],
          },
        },
      }),
      covered: false,
    },
    {
      what: "no: the other one carries no global service events",
      records: live({ trail: { includeGlobalServiceEvents: false } }),
      covered: false,
    },
    {
      what: "no: the other one is not seen in the account",
      records: live({ seen: [LOCAL_TRAIL] }),
      covered: false,
    },
    {
      what: "not known: the selectors of the other one could not be read",
      records: live({ trail: { eventSelectors: denied } }),
      covered: "?access-denied",
    },
    {
      what: "not known: a region was not asked",
      records: live({ account: { regionsOutsideScope: ["ap-south-1"] } }),
      covered: "?outside-scope",
    },
    {
      what: "not known: regions could not be listed",
      records: live({
        account: {
          regions: [
            aRegion("eu-west-1", [sees(), sees(LOCAL_TRAIL)]),
            { $unknown: { ...denied.$unknown, more: true } },
          ],
        },
      }),
      covered: "?access-denied",
    },
    {
      what: "not known: its account could not be entered",
      records: live().filter(
        ({ kind, ...record }) => kind !== "account" || !("id" in record) || record.id !== WORKLOAD,
      ),
      covered: "?outside-scope",
    },
    {
      what: "yes: it recorded nothing, for it did not log",
      records: live({
        account: {
          regions: REGIONS.map((name) => aRegion(name, [sees(LOCAL_TRAIL, { isLogging: false })])),
        },
      }),
      covered: true,
    },
    {
      what: "no: the other one stands still in one of the regions",
      records: live({
        account: {
          regions: [
            aRegion("eu-west-1", [sees(), sees(LOCAL_TRAIL)]),
            aRegion("us-east-1", [sees(ORG_TRAIL, { isLogging: false }), sees(LOCAL_TRAIL)]),
          ],
        },
      }),
      covered: false,
    },
  ];

  test.for(cases)("$what", async ({ records, covered }) => {
    const told = await compared(records, deleted);
    expect(shown(told.coveredByOthers(LOCAL))).toBe(covered);
  });

  test("not known of an organization's where an account was left out", async () => {
    const records = aSnapshot({ resources: [aTrail(), aLocalTrail({ isMultiRegion: true })] });
    const told = await compared(records, [[organizationTrail()], []]);
    expect(told.coveredByOthers(ORGANIZATION)).toBe(false);
    const members = live({ seen: [ORG_TRAIL, LOCAL_TRAIL] }).map((record) => {
      if (record.kind === "organization")
        return { ...record, accounts: [...both.accounts, aListed("333333333333")] };
      return record.kind === "account" && record.id === MANAGEMENT
        ? { ...record, regions: REGIONS.map((name) => aRegion(name, [sees(), sees(LOCAL_TRAIL)])) }
        : record;
    });
    const open = await compared(members, [[organizationTrail()], []]);
    expect(shown(open.coveredByOthers(ORGANIZATION))).toBe("?outside-scope");
  });

  test("no of what is no trail that the change touches", async () => {
    const { coveredByOthers } = await compared(live(), [[own()], [own()]]);
    expect(coveredByOthers(LOCAL)).toBe(false);
  });

  test("yes of a trail that is narrowed to what it alone records", async () => {
    const records = live({ seen: [ORG_TRAIL, LOCAL_TRAIL] });
    const { coveredByOthers } = await compared(records, [
      [own()],
      [own({ is_multi_region_trail: false })],
    ]);
    expect(coveredByOthers(LOCAL)).toBe(true);
  });
});

describe("a change of a trail", () => {
  test("that stops it breaks what it recorded", async () => {
    const stopped: [TemplateResource[], TemplateResource[]] = [
      [organizationTrail()],
      [organizationTrail({ enable_logging: false })],
    ];
    const told = await compared(live({ seen: [ORG_TRAIL] }), stopped);
    expect(lines(told).sort()).toEqual([
      `fail account-has-multi-region-trail-logging ${MANAGEMENT}`,
      `fail account-has-multi-region-trail-logging ${WORKLOAD}`,
      "fail organization-trail-covers-every-account o-exampleorgid",
    ]);
    expect(told.explained.length).toBeGreaterThan(3);
  });

  test("that breaks the same in many accounts is one finding that counts them", async () => {
    const ids = Array.from({ length: 30 }, (_, n) => String(222222222222 + n));
    const records = aSnapshot({
      organization: { accounts: ids.map((id) => aListed(id)) },
      accounts: ids.map((id) => anAccount(id)),
    });
    const stopped = [organizationTrail({ enable_logging: false })];
    const told = await compared(records, [[organizationTrail()], stopped]);
    expect(lines(told).sort()).toEqual([
      "fail account-has-multi-region-trail-logging 222222222222",
      "fail organization-trail-covers-every-account o-exampleorgid",
    ]);
    const finding = told.findings.find(({ policy }) => policy.startsWith("account-has"));
    expect(finding?.affects).toMatchObject({ accounts: 30, regions: 60 });
    expect(finding?.affects.sample).toHaveLength(20);
    expect(finding?.message).toMatch(/, and so it is in 29 more accounts\.$/);
    const roots = new Set(told.findings.map(({ fingerprint }) => fingerprint));
    expect(told.explained.filter(({ explainedBy }) => !roots.has(explainedBy))).toEqual([]);
    const own = told.explained.filter(({ policy }) => policy.startsWith("account-has"));
    expect(own).toHaveLength(29);
  });

  test("that starts one mends what failed", async () => {
    const records = live({
      account: {
        regions: REGIONS.map((name) => aRegion(name, [sees(LOCAL_TRAIL, { isLogging: false })])),
      },
    });
    const told = await compared(records, [[own({ enable_logging: false })], [own()]]);
    expect(told.findings).toEqual([]);
    const mended = told.mended.map(({ policy, subject }) => `${policy} ${subject.id}`);
    expect(mended).toContain(`account-has-multi-region-trail-logging ${WORKLOAD}`);
  });

  test("to one of the same kind breaks nothing, although it has yet to deliver", async () => {
    const records = live({ seen: [LOCAL_TRAIL], local: { eventSelectors: management() } });
    const renamed = own({ name: "renamed" });
    const told = await compared(records, [[own()], [renamed]]);
    expect(told.findings).toEqual([]);
    expect(shown(told.coveredByOthers(LOCAL))).toBe("?too-young");
  });

  test("whose worth is not known takes the proof away, in one finding for each policy", async () => {
    const told = await compared(live({ seen: [LOCAL_TRAIL] }), [
      [own()],
      [own({ event_selector: later })],
    ]);
    expect(lines(told)).toContain(
      `unknown region-management-events-recorded ${WORKLOAD} eu-west-1`,
    );
    expect(lines(told).every((line) => line.startsWith("unknown "))).toBe(true);
    const finding = told.findings.find(
      ({ policy }) => policy === "region-management-events-recorded",
    );
    expect(finding?.affects).toMatchObject({ accounts: 1, regions: 2 });
    expect(finding?.message).toMatch(
      /^After this change it can no longer be proven for account 222222222222 \(payments\): /,
    );
  });

  test("that cannot be told from another takes the proof away, and how to tell is said", async () => {
    const unsure = own({}, { accountId: noAccount });
    const told = await compared(live({ seen: [LOCAL_TRAIL] }), [[unsure], []]);
    expect(lines(told)).toContain(`unknown account-has-multi-region-trail-logging ${WORKLOAD}`);
    expect(lines(told).filter((line) => line.startsWith("fail"))).toEqual([]);
    expect(shown(told.coveredByOthers(LOCAL))).toBe("?unresolved");
    expect(told.notes).toEqual([
      `Which trail of the live snapshot ${LOCAL} is cannot be told, so that what the change touches is not known of ${LOCAL_TRAIL}: give the stack's account and region under \`stacks\` in trailproof.yaml.`,
    ]);
  });

  test("that breaks what is accepted raises no alert", async () => {
    const waivers = [
      {
        policies: ["account-has-multi-region-trail-logging", "region-management-events-recorded"],
        scope: { accounts: [WORKLOAD] },
        reason: "closing",
        owner: "ops",
        expires: "2027-01-01",
        at: "trailproof.yaml:1:1",
      },
    ];
    const told = await compared(live({ seen: [LOCAL_TRAIL] }), deleted, { waivers });
    expect(lines(told).filter((line) => line.includes("account-has"))).toEqual([]);
    expect(told.waived.map(({ policy }) => policy)).toContain(
      "account-has-multi-region-trail-logging",
    );
  });

  test("that leaves an old flaw as it is is not told", async () => {
    const records = live({ seen: [] });
    const told = await compared(records, [[own()], [own({ tags: { a: "b" } })]]);
    expect(told).toMatchObject({ findings: [], mended: [], explained: [] });
  });
});

describe("of several ways that a change may turn out", () => {
  const records = live({ seen: [LOCAL_TRAIL] });
  const [yes, no] = ["IsProd is true", "IsProd is false"];

  test("each is compared with the way before it that takes the same for granted", async () => {
    const stopped = own({ enable_logging: false });
    const before = [way([own()], yes), way([stopped], no)];
    const after = [way([stopped], no), way([own()], yes)];
    const told = await comparedWays(records, { before, after });
    expect(told).toMatchObject({ findings: [], mended: [], explained: [], notes: [] });
  });

  test("what another stack newly takes for granted says nothing of the first", async () => {
    const withLogs = (first: Way, text: string): Way => ({
      side: {
        ...first.side,
        records: [...first.side.records, ...sideOf([elsewhere], "logs").records],
      },
      possibility: {
        assuming: (id) => (id.startsWith("logs#") ? text : first.possibility.assuming(id)),
      },
    });
    const elsewhere = a("aws_cloudtrail", "aws_cloudtrail.elsewhere", { name: "elsewhere" });
    const stopped = own({ enable_logging: false });
    const ways = [way([own()], yes), way([stopped], no)];
    const told = await comparedWays(records, {
      before: ways.map((each) => withLogs(each, "Size is small")),
      after: ways.map((each) => withLogs(each, "Size is large")),
    });
    expect(told).toMatchObject({ findings: [], mended: [], explained: [] });
  });

  test("what one breaks is told with what it takes for granted", async () => {
    const before = [way([own()], yes), way([own()], no)];
    const after = [way([own()], yes), way([own({ enable_logging: false })], no)];
    const told = await comparedWays(records, { before, after });
    expect(told.findings[0]?.message).toMatch(/^When IsProd is false: After this change/);
    expect(told.coveredByOthers(LOCAL)).toBe(false);
  });

  test("what is applied with a file of values is compared with what was applied with it, or with none", async () => {
    const withFile = (trails: TemplateResource[], file: string): Way => {
      const applied = way(trails, `it is applied with ${file}`);
      return { ...applied, possibility: { ...applied.possibility, appliedWith: file } };
    };
    const before = [way([own()]), withFile([], "dev.tfvars")];
    const same = await comparedWays(records, { before, after: before });
    expect(same.findings).toEqual([]);
    const after = [...before, withFile([own({ enable_logging: false })], "new.tfvars")];
    const told = await comparedWays(records, { before, after });
    expect(told.findings.map(({ message }) => message.split(": ")[0])).toContain(
      "When it is applied with new.tfvars",
    );
  });

  test("an assumption that nobody made before is compared with every way", async () => {
    const before = [way([own()], "Old is true"), way([], "Old is false")];
    const told = await comparedWays(records, { before, after: [way([], "New is true")] });
    expect(lines(told)).toEqual([`fail account-has-multi-region-trail-logging ${WORKLOAD}`]);
  });

  test("what makes no difference to a trail is laid over the snapshot once, and too many are cut", async () => {
    const before = [way([own()])];
    const after = Array.from({ length: 12 }, (_, n) => way([own({ s3_key_prefix: `p${n}` })]));
    const told = await comparedWays(records, { before, after });
    expect(told.notes).toEqual([
      "The change may turn out in more ways than were laid over the live snapshot: the first are.",
    ]);
  });
});

describe("notes", () => {
  test.for([
    { today: "2026-11-27", notes: 0 },
    { today: "2026-11-29", notes: 1 },
  ])("a snapshot of a week ago is told to be old ($today)", async ({ today, notes }) => {
    const told = await compared(live(), [[], []], { today });
    expect(told.notes).toHaveLength(notes);
    if (notes > 0) expect(told.notes[0]).toMatch(/^The live snapshot is 8 days old/);
  });

  test("a change in another partition is not compared", async () => {
    const china = own(
      { arn: `arn:aws-cn:cloudtrail:cn-north-1:${WORKLOAD}:trail/local` },
      { region: "cn-north-1" },
    );
    const told = await compared(live(), [[china], []]);
    expect(told.notes[0]).toMatch(
      /^The change is made in partition aws-cn, and the live snapshot is of aws:/,
    );
    expect(told.findings).toEqual([]);
  });

  test("a trail of an account that the snapshot does not show may be another organization's", async () => {
    const stranger = own({}, { accountId: "999999999999" });
    const told = await compared(live(), [[stranger], []]);
    expect(told.notes).toEqual([
      `The live snapshot does not show account 999999999999, where ${LOCAL} is: it may be of another organization.`,
    ]);
    expect(shown(told.coveredByOthers(LOCAL))).toBe("?outside-scope");
  });

  test("a trail that the snapshot does not have is named", async () => {
    const told = await compared(live(), [[own({ name: "nowhere" })], []]);
    expect(told.notes).toEqual([
      `The live snapshot does not have the trail ${LOCAL}: what the change does to it is not compared.`,
    ]);
  });

  test("that it is not known where a trail is made is said", async () => {
    const told = await compared(live(), [[], [own({ name: "new" }, { accountId: noAccount })]]);
    expect(told.notes[0]).toMatch(
      /^In which account prod#aws_cloudtrail.local is made is not known/,
    );
    expect(told.findings).toEqual([]);
  });
});

test("a snapshot that is cut off cannot be compared with", async () => {
  const path = await snapshotFile(live());
  truncateSync(path, 900);
  const context = {
    policies: [],
    subjects: CONTEXT,
    accepting: { waivers: [], today: "2026-11-21" },
  };
  const ways = { before: [way([own()])], after: [way([])], fates: NO_FATES };
  const compare = async () => compareLive(await liveSnapshot(path), ways, context);
  await expect(compare()).rejects.toThrow(/cut off|not complete|no end/);
});
