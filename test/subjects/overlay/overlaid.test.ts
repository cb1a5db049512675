import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SnapshotRecord } from "../../../src/snapshot/records.ts";
import type { ResourceRecord } from "../../../src/snapshot/resources/resource.ts";
import type { TemplateResource } from "../../../src/templates/resource.ts";
import {
  aLocalTrail,
  anAccount,
  aRegion,
  aSnapshot,
  aTrail,
  BUCKET,
  denied,
  itsResources,
  KEY,
  LOCAL_TRAIL,
  MANAGEMENT,
  ORG_TRAIL,
  sees,
  shown,
  subjectsOf,
  WORKLOAD,
} from "../a-snapshot.ts";
import {
  a,
  changeOf,
  laidOver,
  later,
  localTrail,
  noAccount,
  noRegion,
  organizationTrail,
  overlayFor,
  seenIn,
  trailIn,
} from "./a-change.ts";

const HERE = "logging true";
const NEW = "logging true, ?too-young";

/** Two accounts with two regions each; the workload has a trail of its own in eu-west-1. */
const world = (trail = aTrail()): SnapshotRecord[] =>
  aSnapshot({
    resources: [trail, aLocalTrail(), ...itsResources()],
    accounts: [
      anAccount(MANAGEMENT),
      anAccount(WORKLOAD, [
        aRegion("us-east-1"),
        aRegion("eu-west-1", [sees(), sees(LOCAL_TRAIL)]),
      ]),
    ],
  });

const live = world();
const everywhere = (status: string) => ({
  "111/us-east-1": status,
  "111/eu-west-1": status,
  "222/us-east-1": status,
  "222/eu-west-1": status,
});

type Case = {
  what: string;
  before: TemplateResource[];
  after: TemplateResource[];
  arn: string;
  seen: Record<string, string>;
};

const cases: Case[] = [
  {
    what: "a deleted organization trail is gone from every account",
    before: [organizationTrail()],
    after: [],
    arn: ORG_TRAIL,
    seen: {},
  },
  {
    what: "a deleted trail of one account is gone from it",
    before: [localTrail()],
    after: [],
    arn: LOCAL_TRAIL,
    seen: {},
  },
  {
    what: "a stopped trail logs nowhere",
    before: [organizationTrail()],
    after: [organizationTrail({ enable_logging: false })],
    arn: ORG_TRAIL,
    seen: everywhere("logging false"),
  },
  {
    what: "a trail of one region stays at home",
    before: [organizationTrail()],
    after: [organizationTrail({ is_multi_region_trail: false })],
    arn: ORG_TRAIL,
    seen: { "111/us-east-1": HERE, "222/us-east-1": HERE },
  },
  {
    what: "a trail that is no organization's any more stays with its owner",
    before: [organizationTrail()],
    after: [organizationTrail({ is_organization_trail: false })],
    arn: ORG_TRAIL,
    seen: { "111/us-east-1": HERE, "111/eu-west-1": HERE },
  },
  {
    what: "a trail that becomes multi-region appears in the account's other regions",
    before: [localTrail()],
    after: [localTrail({ is_multi_region_trail: true })],
    arn: LOCAL_TRAIL,
    seen: { "222/us-east-1": NEW, "222/eu-west-1": HERE },
  },
  {
    what: "whether a trail becomes multi-region, where that is not known, is not known elsewhere",
    before: [localTrail()],
    after: [localTrail({ is_multi_region_trail: later })],
    arn: LOCAL_TRAIL,
    seen: { "222/us-east-1": "?known-after-apply", "222/eu-west-1": HERE },
  },
  {
    what: "a trail that may lose its regions may be in each of them",
    before: [organizationTrail()],
    after: [organizationTrail({ is_multi_region_trail: later })],
    arn: ORG_TRAIL,
    seen: {
      "111/us-east-1": HERE,
      "111/eu-west-1": "?known-after-apply",
      "222/us-east-1": HERE,
      "222/eu-west-1": "?known-after-apply",
    },
  },
  {
    what: "a trail with another bucket has yet to deliver there",
    before: [localTrail({ name: "local" })],
    after: [localTrail({ name: "local", s3_bucket_name: "another" })],
    arn: LOCAL_TRAIL,
    seen: { "222/eu-west-1": NEW },
  },
  {
    what: "what a plan does not know before and after is left as it is",
    before: [localTrail({ enable_logging: later, is_multi_region_trail: later })],
    after: [localTrail({ enable_logging: later, is_multi_region_trail: later, tags: { a: "b" } })],
    arn: LOCAL_TRAIL,
    seen: { "222/eu-west-1": HERE },
  },
  {
    what: "logging that is not known after the change is not known",
    before: [localTrail()],
    after: [localTrail({ enable_logging: later })],
    arn: LOCAL_TRAIL,
    seen: { "222/eu-west-1": "logging ?known-after-apply" },
  },
  {
    what: "a trail whose count is not known any more may be gone",
    before: [localTrail()],
    after: [localTrail({}, { presence: later })],
    arn: LOCAL_TRAIL,
    seen: { "222/eu-west-1": "?known-after-apply" },
  },
  {
    what: "a trail renamed is another one, and the old one is gone",
    before: [localTrail()],
    after: [localTrail({ name: "renamed" })],
    arn: LOCAL_TRAIL,
    seen: {},
  },
  {
    what: "a trail whose region is not known is the one of its account and name",
    before: [localTrail({}, { region: noRegion })],
    after: [],
    arn: LOCAL_TRAIL,
    seen: {},
  },
  {
    what: "a trail known by its name alone may be the one that is deleted, or not",
    before: [localTrail({}, { accountId: noAccount, region: noRegion })],
    after: [],
    arn: LOCAL_TRAIL,
    seen: { "222/eu-west-1": "?unresolved" },
  },
  {
    what: "stopping a trail that is known by its name alone leaves it unknown whether it logs",
    before: [localTrail({}, { accountId: noAccount })],
    after: [localTrail({ enable_logging: false }, { accountId: noAccount })],
    arn: LOCAL_TRAIL,
    seen: { "222/eu-west-1": "logging ?unresolved" },
  },
  {
    what: "a trail whose bucket is deleted delivers no more",
    before: [organizationTrail(), a("aws_s3_bucket", "logs", { bucket: BUCKET })],
    after: [organizationTrail()],
    arn: ORG_TRAIL,
    seen: everywhere("logging true, NoSuchBucket"),
  },
  {
    what: "a trail whose key is deleted delivers no more",
    before: [
      organizationTrail({ kms_key_id: KEY }),
      a("aws_kms_key", "key", { arn: KEY, key_id: KEY.split("/")[1] ?? "" }),
    ],
    after: [organizationTrail({ kms_key_id: KEY })],
    arn: ORG_TRAIL,
    seen: everywhere("logging true, KMS.KMSInvalidStateException"),
  },
];

test.for(cases)("$what", async ({ before, after, arn, seen }) => {
  const records = await laidOver(live, changeOf(before, after));
  expect(seenIn(live, arn)).not.toEqual({});
  expect(seenIn(records, arn)).toEqual(seen);
  const isThere = trailIn(records, (trail) => trail.arn === arn) !== undefined;
  expect(isThere).toBe(Object.keys(seen).length > 0);
});

test("a trail that is not the change's is passed on as it is", async () => {
  const records = await laidOver(live, changeOf([localTrail()], []));
  expect(seenIn(records, ORG_TRAIL)).toEqual(everywhere(HERE));
  expect(records.filter((record) => !live.includes(record))).toHaveLength(1);
});

test("a trail that is moved, forgotten or described anew under its ARN stays", async () => {
  const moved = localTrail();
  const elsewhere = { ...moved, address: "module.audit.aws_cloudtrail.local" };
  const fates = { movedTo: new Map([["prod#aws_cloudtrail.local", `prod#${elsewhere.address}`]]) };
  expect(await laidOver(live, changeOf([moved], [elsewhere], fates))).toEqual(live);
  const forgotten = { forgotten: new Set(["prod#aws_cloudtrail.local"]) };
  expect(await laidOver(live, changeOf([moved], [], forgotten))).toEqual(live);
  const anew = await laidOver(live, changeOf([moved], [elsewhere]));
  expect(seenIn(anew, LOCAL_TRAIL)).toEqual({ "222/eu-west-1": NEW });
});

describe("what a plan tells of a trail", () => {
  test("takes the place of what AWS told where it changes, and nowhere else", async () => {
    const before = organizationTrail({ enable_log_file_validation: true, kms_key_id: KEY });
    const after = organizationTrail({ enable_log_file_validation: false, kms_key_id: later });
    const records = await laidOver(live, changeOf([before], [after]));
    const trail = trailIn(records, ({ arn }) => arn === ORG_TRAIL);
    expect(trail?.logFileValidationEnabled).toBe(false);
    expect(shown(trail?.kmsKeyArn)).toBe("?known-after-apply");
    const kept = aTrail();
    expect(trail?.eventSelectors).toEqual(kept.eventSelectors);
    expect(trail?.eventRules).toEqual(kept.eventRules);
    expect(trail?.tags).toEqual(kept.tags);
  });

  test("is not known where it may be another trail's", async () => {
    const unsure = { accountId: noAccount };
    const before = organizationTrail({ enable_log_file_validation: true }, unsure);
    const records = await laidOver(live, changeOf([before], [organizationTrail({}, unsure)]));
    const trail = trailIn(records, ({ arn }) => arn === ORG_TRAIL);
    expect(shown(trail?.logFileValidationEnabled)).toBe("?unresolved");
    expect(trail?.isMultiRegion).toBe(true);
    expect(seenIn(records, ORG_TRAIL)).toEqual(everywhere(HERE));
  });
});

describe("a new trail", () => {
  const bare = aSnapshot({
    resources: [],
    accounts: [MANAGEMENT, WORKLOAD].map((id) =>
      anAccount(id, [aRegion("us-east-1", []), aRegion("eu-west-1", [])]),
    ),
  });
  const seenAfter = async (trail: TemplateResource, records = bare) => {
    const after = await laidOver(records, changeOf([], [trail]));
    const made = trailIn(after, () => true);
    return { after, made, seen: seenIn(after, made?.arn ?? "") };
  };

  test("of one region appears at home, and has yet to deliver", async () => {
    const { after, made, seen } = await seenAfter(localTrail());
    expect(made?.arn).toBe(LOCAL_TRAIL);
    expect(seen).toEqual({ "222/eu-west-1": NEW });
    expect(after.findIndex(({ kind }) => kind === "resource")).toBe(2);
  });

  test("of all regions appears in each of its account", async () => {
    const { seen } = await seenAfter(localTrail({ is_multi_region_trail: true }));
    expect(seen).toEqual({ "222/us-east-1": NEW, "222/eu-west-1": NEW });
  });

  test("of an organization appears in every account", async () => {
    expect((await seenAfter(organizationTrail())).seen).toEqual(everywhere(NEW));
  });

  test("that a delegated administrator makes belongs to the management account", async () => {
    const delegated = [
      ...bare.map((record) =>
        record.kind === "organization"
          ? { ...record, delegatedAdministrators: [WORKLOAD] }
          : record,
      ),
    ];
    const trail = organizationTrail({}, { accountId: WORKLOAD });
    const { made, seen } = await seenAfter(trail, delegated);
    expect(made?.arn).toBe(ORG_TRAIL);
    expect(made?.accountId).toBe(MANAGEMENT);
    expect(seen).toEqual(everywhere(NEW));
  });

  test("of an organization may be in accounts that were given one by one, or not", async () => {
    const given = bare.map((record) =>
      record.kind === "header" ? { ...record, scope: "accounts" as const } : record,
    );
    expect((await seenAfter(organizationTrail(), given)).seen).toEqual({
      "111/us-east-1": NEW,
      "111/eu-west-1": NEW,
      "222/us-east-1": "?outside-scope",
      "222/eu-west-1": "?outside-scope",
    });
  });

  test("of an account that is not known may be anywhere that its region is", async () => {
    const { seen } = await seenAfter(localTrail({}, { accountId: noAccount }));
    expect(seen).toEqual({ "111/eu-west-1": "?unresolved", "222/eu-west-1": "?unresolved" });
  });

  test("comes before what was not listed, which stays last", async () => {
    const open = { $unknown: { ...denied.$unknown, more: true as const } };
    const hidden = aSnapshot({
      resources: [],
      accounts: [anAccount(WORKLOAD, [aRegion("eu-west-1", [open])])],
    });
    const { after } = await seenAfter(localTrail(), hidden);
    const account = after.find(({ kind }) => kind === "account");
    expect(account).toMatchObject({ regions: [{ trails: [{ arn: LOCAL_TRAIL }, open] }] });
  });

  test("that is there already is changed to what the plan says", async () => {
    const records = await laidOver(live, changeOf([], [localTrail({ enable_logging: false })]));
    expect(seenIn(records, LOCAL_TRAIL)).toEqual({ "222/eu-west-1": "logging false, ?too-young" });
    expect(records).toHaveLength(live.length);
  });
});

test("a change that changes no trail gives every record as it is, whatever is hidden", async () => {
  const trails = fc.constantFrom(
    localTrail(),
    organizationTrail(),
    localTrail({ kms_key_id: later }),
    organizationTrail({}, { accountId: noAccount }),
  );
  const hidden = fc.constantFrom(
    aRegion("eu-west-1", [sees(), { arn: LOCAL_TRAIL, status: denied }]),
    aRegion("eu-west-1", [{ $unknown: { ...denied.$unknown, more: true as const } }]),
    aRegion("eu-west-1", []),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(trails), fc.array(hidden), async (planned, regions) => {
      const resources: ResourceRecord[] = [aTrail(), aLocalTrail({ bucketName: denied })];
      const records = aSnapshot({ resources, accounts: [anAccount(WORKLOAD, regions)] });
      const after = await laidOver(records, changeOf(planned, planned));
      expect(after.every((record, index) => record === records[index])).toBe(true);
      expect(after).toHaveLength(records.length);
    }),
    { numRuns: 60 },
  );
});

test("each record that the overlay makes can be joined into subjects", async () => {
  for (const { before, after } of cases) {
    const records = await laidOver(live, changeOf(before, after));
    const kinds = (await subjectsOf(records)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "region")).toHaveLength(4);
  }
});

test("a trail of the plan that the snapshot does not have is found nowhere", async () => {
  const gone = localTrail({ name: "nowhere" });
  const { effects } = await overlayFor(live, changeOf([gone], []));
  expect(effects.map(({ found }) => found)).toEqual([{ arns: [], doubt: null }]);
  expect(await laidOver(live, changeOf([gone], []))).toEqual(live);
});
