import { expect, test } from "vitest";
import { builtinPolicies } from "../../src/policy/builtin.ts";
import type { AdvancedEventSelector, Trail } from "../../src/simulate/schema/trails.ts";
import type { World } from "../../src/simulate/world.ts";
import { judged } from "../whole-path/judged.ts";
import { account, keyArn, MANAGEMENT } from "./worlds.ts";

const inBoth = (verdict: string) => ({
  [`${MANAGEMENT}/eu-west-1`]: verdict,
  [`${MANAGEMENT}/us-east-1`]: verdict,
});
const alone = (trail: Partial<Trail>, differences: Partial<World> = {}) =>
  judged(account([{ name: "subject", ...trail }], differences), { organization: false });

type Field = AdvancedEventSelector["fieldSelectors"][number];
const advanced = (name: string | undefined, ...fieldSelectors: Field[]): AdvancedEventSelector =>
  name === undefined ? { fieldSelectors } : { name, fieldSelectors };
const management: Field = { field: "eventCategory", equals: ["Management"] };
const objects: Field[] = [
  { field: "eventCategory", equals: ["Data"] },
  { field: "resources.type", equals: ["AWS::S3::Object"] },
];

test.each<[string, Partial<Trail>, { managed: string; objects: string }]>([
  [
    "selectors without a name",
    { advancedEventSelectors: [advanced(undefined, management), advanced(undefined, ...objects)] },
    { managed: "pass", objects: "pass" },
  ],
  [
    "selectors with names that belie them",
    {
      advancedEventSelectors: [
        advanced("Management events selector", ...objects),
        advanced("Log readOnly and writeOnly", ...objects),
      ],
    },
    { managed: "fail", objects: "pass" },
  ],
  [
    "reads and writes of everything but management events",
    {
      eventSelectors: [
        {
          readWriteType: "All",
          includeManagementEvents: false,
          dataResources: [{ type: "AWS::S3::Object", values: ["arn:aws:s3"] }],
        },
      ],
    },
    { managed: "fail", objects: "pass" },
  ],
  [
    "management events in one selector and objects without them in another",
    {
      eventSelectors: [
        { includeManagementEvents: true },
        {
          includeManagementEvents: false,
          dataResources: [{ type: "AWS::S3::Object", values: ["arn:aws:s3"] }],
        },
      ],
    },
    { managed: "pass", objects: "pass" },
  ],
  [
    "a data event selector that says nothing of readOnly",
    { advancedEventSelectors: [advanced(undefined, ...objects)] },
    { managed: "fail", objects: "pass" },
  ],
  [
    "two sources left out, of which one is KMS",
    {
      advancedEventSelectors: [
        advanced(undefined, management, {
          field: "eventSource",
          notEquals: ["kms.amazonaws.com", "rdsdata.amazonaws.com"],
        }),
      ],
    },
    { managed: "fail", objects: "fail" },
  ],
  [
    "objects of one bucket",
    {
      eventSelectors: [
        { dataResources: [{ type: "AWS::S3::Object", values: ["arn:aws:s3:::orders/"] }] },
      ],
    },
    { managed: "pass", objects: "fail" },
  ],
  [
    "everything, and is stopped",
    {
      status: [{ isLogging: false }],
      advancedEventSelectors: [advanced(undefined, management), advanced(undefined, ...objects)],
    },
    { managed: "fail", objects: "fail" },
  ],
])("a trail with %s records what its fields say", async (_, trail, expected) => {
  const run = await alone(trail);
  expect(run.of("region-management-events-recorded")).toEqual(inBoth(expected.managed));
  expect(run.of("region-s3-object-reads-recorded")).toEqual(inBoth(expected.objects));
  expect(run.of("region-s3-object-writes-recorded")).toEqual(inBoth(expected.objects));
});

test("an account without a trail fails all that ought to be recorded there, and nothing about trails passes", async () => {
  const run = await judged(account([]), { organization: false });
  expect(run.all("pass").filter((each) => !each.startsWith("account-"))).toEqual([]);
  expect(run.of("account-has-multi-region-trail-logging")).toEqual({ [MANAGEMENT]: "fail" });
  const ofRegions = builtinPolicies()
    .filter(({ id }) => id.startsWith("region-"))
    .filter(({ parameters = {} }) => Object.values(parameters).every((each) => each.default));
  expect(ofRegions.length).toBeGreaterThan(3);
  for (const { id } of ofRegions) expect(run.of(id), id).toEqual(inBoth("fail"));
  expect(run.exitCode).toBe(1);
});

test.each<[string, string, Partial<Trail>]>([
  ["is multi-region", "pass", {}],
  ["is multi-region without the flag", "fail", { includeGlobalServiceEvents: false }],
  [
    "records one region elsewhere, with the flag",
    "fail",
    { homeRegion: "eu-west-1", isMultiRegionTrail: false },
  ],
])("IAM's events by a trail that %s: %s", async (_, verdict, trail) => {
  const run = await alone(trail);
  expect(run.of("trail-global-service-events-recorded")).toEqual({ subject: verdict });
});

test("a key that is named is not yet a key that works: disabled, being deleted, gone, or a stranger's", async () => {
  const key = keyArn(MANAGEMENT);
  const told = async (kmsKeyId: string, keys: NonNullable<World["keys"]>) => {
    const run = await alone({ kmsKeyId }, { keys });
    const of = (id: string) => Object.values(run.of(id));
    return {
      exists: of("trail-kms-key-exists"),
      enabled: of("log-key-enabled"),
      owned: of("trail-kms-key-owned-by-trail-account"),
    };
  };
  const well = { exists: ["pass"], enabled: ["pass"], owned: ["pass"] };
  expect(await told(key, [{ arn: key }])).toEqual(well);
  expect(await told(key, [{ arn: key, state: "Disabled" }])).toEqual({
    ...well,
    enabled: ["fail"],
  });
  expect(await told(key, [{ arn: key, state: "PendingDeletion" }])).toEqual({
    ...well,
    enabled: ["fail"],
  });
  expect((await told(key, [])).exists).toEqual(["fail"]);
  expect((await told(keyArn("999999999999"), [{ arn: key }])).owned).toEqual(["fail"]);
});
