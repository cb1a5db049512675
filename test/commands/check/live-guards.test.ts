import { describe, expect, test } from "vitest";
import type { ServiceControlPolicies } from "../../../src/snapshot/organization-record.ts";
import type { SnapshotRecord } from "../../../src/snapshot/records.ts";
import { unknown } from "../../../src/snapshot/unknown.ts";
import type { TemplateResource } from "../../../src/templates/resource.ts";
import type { Value } from "../../../src/templates/value.ts";
import {
  aListed,
  aLocalTrail,
  anAccount,
  aRegion,
  aSnapshot,
  aTrail,
  itsResources,
  LOCAL_TRAIL,
  MANAGEMENT,
  ORG_TRAIL,
  sees,
  WORKLOAD,
} from "../../subjects/a-snapshot.ts";
import { a } from "../../subjects/overlay/a-change.ts";
import { GUARDED, TAMPERING_RULE } from "../../subjects/well-kept.ts";
import { compared, comparedWays, lines, NO_FATES, way } from "./compared.ts";

const [GUARD] = GUARDED.policies;
const CONTENT = typeof GUARD?.content === "string" ? GUARD.content : expect.fail("a policy");
const NAME = GUARD?.name ?? "";
const ROOT = "r-root";
const UNIT = "ou-root-11111111";
const NOT_GUARDED = `fail trail-guarded-against-tampering ${LOCAL_TRAIL}`;
const NOT_SHOWN = `unknown trail-guarded-against-tampering ${LOCAL_TRAIL} eu-west-1`;
const UNHEARD = `fail trail-tampering-raises-alarm ${LOCAL_TRAIL}`;

type Changes = {
  policies?: Partial<ServiceControlPolicies["policies"][number]>[];
  eventRules?: (typeof TAMPERING_RULE)[];
};

/** An organization of two, whose workload has a trail of its own that only a rule watches. */
function live({ policies = [{}], eventRules = [TAMPERING_RULE] }: Changes = {}): SnapshotRecord[] {
  const account = (id: string, arns: readonly string[]) =>
    anAccount(id, [
      aRegion(
        "eu-west-1",
        arns.map((arn) => sees(arn)),
      ),
      aRegion(
        "us-east-1",
        arns.map((arn) => sees(arn)),
      ),
    ]);
  const guard = { id: "p-guard123", name: NAME, content: CONTENT, targets: [ROOT] };
  return aSnapshot({
    organization: {
      accounts: [aListed(MANAGEMENT), aListed(WORKLOAD, { parents: [ROOT, UNIT] })],
      serviceControlPolicies: {
        enabled: true,
        policies: policies.map((each) => ({ ...guard, ...each })),
      },
    },
    resources: [
      aTrail({ isOrganizationTrail: false }),
      aLocalTrail({ isMultiRegion: true, logGroupArn: null, eventRules }),
      ...itsResources(),
    ],
    accounts: [account(MANAGEMENT, [ORG_TRAIL]), account(WORKLOAD, [LOCAL_TRAIL])],
  });
}

type Values = Record<string, Value>;

const policy = (values: Values = {}, settings = {}) =>
  a("aws_organizations_policy", "policy", { name: NAME, content: CONTENT, ...values }, settings);
const attached = (
  target: Value,
  policyId: Value = { $reference: { address: "policy", attribute: "id" } },
) => a("aws_organizations_policy_attachment", "root", { policy_id: policyId, target_id: target });
const rule = (values: Values = {}, settings = {}) =>
  a(
    "aws_cloudwatch_event_rule",
    "rule",
    { name: TAMPERING_RULE.name, event_pattern: TAMPERING_RULE.pattern, ...values },
    settings,
  );
const target = a("aws_cloudwatch_event_target", "target", {
  rule: TAMPERING_RULE.name,
  arn: "arn",
});

type Resources = TemplateResource[];

const broken = async (before: Resources, after: Resources, records = live()) => {
  const told = await compared(records, [before, after]);
  return [...lines(told), ...told.notes];
};

const LESS = JSON.stringify({
  Statement: [
    { Effect: "Allow", Action: "*", Resource: "*" },
    { Effect: "Deny", Action: "cloudtrail:DeleteTrail", Resource: "*" },
  ],
});
const later = unknown("known-after-apply");

describe("a service control policy of the snapshot", () => {
  test.each<[string, Resources, Resources]>([
    ["that goes", [policy(), attached(ROOT)], []],
    ["by its id, whatever its name", [policy({ id: "p-guard123", name: "renamed" })], []],
    ["that denies less", [policy(), attached(ROOT)], [policy({ content: LESS }), attached(ROOT)]],
    ["that is detached", [policy(), attached(ROOT)], [policy()]],
    [
      "that is attached beside the account",
      [policy(), attached(ROOT)],
      [policy(), attached("ou-root-22222222")],
    ],
    ["that others describe, and that is detached", [attached(ROOT, "p-guard123")], []],
  ])("%s leaves a trail to its account", async (_, before, after) => {
    const told = await compared(live(), [before, after]);
    const findings = told.findings.filter(
      ({ policy: id }) => id === "trail-guarded-against-tampering",
    );
    expect(lines({ findings })).toEqual([NOT_GUARDED]);
    expect(findings[0]).toMatchObject({
      standing: "regression",
      before: { verdict: "pass" },
      subject: { account: WORKLOAD },
    });
    expect(findings[0]?.message).toContain(`cloudtrail:StopLogging in ${WORKLOAD}`);
    expect(told.notes).toEqual([]);
  });

  test.each<[string, Resources, Resources]>([
    ["that stays", [policy(), attached(ROOT)], [policy(), attached(ROOT)]],
    [
      "that is attached lower, above the account",
      [policy(), attached(ROOT)],
      [policy(), attached(UNIT)],
    ],
    ["that is attached to the account", [policy(), attached(ROOT)], [policy(), attached(WORKLOAD)]],
    [
      "that takes the place of another",
      [policy(), attached(ROOT)],
      [policy({ name: "other" }), attached(ROOT)],
    ],
    ["that the change makes", [], [policy({ name: "other", content: LESS }), attached(ROOT)]],
  ])("%s leaves it guarded", async (_, before, after) => {
    expect(await broken(before, after)).toEqual([]);
  });

  test("that Terraform only forgets, or forgets to be attached, stays as it is", async () => {
    const forgotten = (...ids: string[]) => ({ ...NO_FATES, forgotten: new Set(ids) });
    const before = [way([policy(), attached(ROOT)])];
    const all = { before, after: [way([])], fates: forgotten("prod#policy", "prod#root") };
    expect(lines(await comparedWays(live(), all))).toEqual([]);
    const one = { before, after: [way([policy()])], fates: forgotten("prod#root") };
    expect(lines(await comparedWays(live(), one))).toEqual([]);
  });

  test("that a plan attaches to the root by reference is at the root", async () => {
    const root = unknown("unresolved", { detail: "aws_organizations_organization.this.roots" });
    expect(
      await broken([policy()], [policy(), attached(root)], live({ policies: [{ targets: [] }] })),
    ).toEqual([]);
    const moved = await compared(live({ policies: [{ targets: [UNIT] }] }), [
      [policy(), attached(UNIT)],
      [policy(), attached(root)],
    ]);
    expect(lines(moved)).toEqual([]);
  });

  test.each<[string, Resources, Resources]>([
    ["is there", [policy()], [policy({}, { presence: later })]],
    ["says what", [policy()], [policy({ content: later })]],
    ["is attached where", [policy(), attached(ROOT)], [policy(), attached(later)]],
  ])("of which it is not known whether it %s can prove nothing", async (_, before, after) => {
    expect(await broken(before, after)).toContain(NOT_SHOWN);
  });

  test("of which the name is not known may be any of them, and says so", async () => {
    const nameless = (content: string) => policy({ name: later, content });
    const told = await broken([nameless(CONTENT)], [nameless(LESS)]);
    expect(told).toContain(NOT_SHOWN);
    expect(told.at(-1)).toMatch(
      /^Which service control policy of the live snapshot prod#policy is/,
    );
  });

  test("that it does not have is not compared, and says so", async () => {
    expect(await broken([policy({ name: "unheard of" })], [])).toEqual([
      "The live snapshot does not have the service control policy prod#policy: what the change does to it is not compared.",
    ]);
  });

  test("that nobody attached guards once the change does it", async () => {
    const told = await compared(live({ policies: [{ targets: [] }] }), [
      [policy()],
      [policy(), attached(ROOT)],
    ]);
    expect(told.findings).toEqual([]);
    expect(told.mended.map(({ policy: id }) => id)).toContain("trail-guarded-against-tampering");
  });
});

describe("an EventBridge rule of the snapshot", () => {
  const narrow = JSON.stringify({ source: ["aws.s3"] });

  test.each<[string, Resources, Resources]>([
    ["that goes", [rule(), target], []],
    ["that is disabled", [rule(), target], [rule({ state: "DISABLED" }), target]],
    ["that asks for something else", [rule(), target], [rule({ event_pattern: narrow }), target]],
    ["that loses its last target", [rule(), target], [rule()]],
    ["that goes to another bus", [rule(), target], [rule({ event_bus_name: "own" }), target]],
    ["that goes to another region", [rule(), target], [rule({}, { region: "us-east-1" }), target]],
  ])("%s leaves nobody told", async (_, before, after) => {
    expect(await broken(before, after)).toEqual([UNHEARD]);
  });

  test.each<[string, Resources, Resources]>([
    ["that stays", [rule(), target], [rule(), target]],
    ["of another name", [rule({ name: "other" })], []],
    ["of another account", [rule({}, { accountId: MANAGEMENT }), target], []],
    ["of another region", [rule({}, { region: "us-east-1" }), target], []],
    [
      "with a successor",
      [rule(), target],
      [rule({ name: TAMPERING_RULE.name, description: "new" }), target],
    ],
  ])("%s leaves all as it is", async (_, before, after) => {
    expect(await broken(before, after)).toEqual([]);
  });

  test("that may be here, or may not stay, can prove nothing", async () => {
    const nowhere = { region: unknown("unresolved", { detail: "AWS::Region" }) };
    const open = `unknown trail-tampering-raises-alarm ${LOCAL_TRAIL} eu-west-1`;
    expect(await broken([rule({}, nowhere), target], [])).toEqual([open]);
    expect(await broken([rule({ name: "other" }, nowhere), target], [])).toEqual([]);
    expect(await broken([rule(), target], [rule({}, { presence: later }), target])).toEqual([open]);
    expect(await broken([rule(), target], [rule({ state: later }), target])).toEqual([open]);
  });

  test("that has targets of which the plan does not speak keeps them", async () => {
    const many = live({ eventRules: [{ ...TAMPERING_RULE, targets: 2 }] });
    expect(await broken([rule(), target], [rule()], many)).toEqual([]);
  });

  test("that the change makes tells somebody", async () => {
    const told = await compared(live({ eventRules: [] }), [[], [rule(), target]]);
    expect(told.mended.map(({ policy: id }) => id)).toEqual(["trail-tampering-raises-alarm"]);
  });
});

describe("a topic of the snapshot that alarms on a trail publish to", () => {
  const HEARD = `fail trail-tampering-raises-alarm ${ORG_TRAIL}`;
  const OPEN = `unknown trail-tampering-raises-alarm ${ORG_TRAIL} us-east-1`;
  const home = { accountId: MANAGEMENT, region: "us-east-1" };
  const account = unknown("unresolved", { detail: "AWS::AccountId" });
  const nowhere = { ...home, accountId: account };
  const topic = (settings: object = home) =>
    a("aws_sns_topic", "topic", { name: "alerts" }, settings);
  const read = (endpoint: string, settings: object = home) =>
    a(
      "aws_sns_topic_subscription",
      endpoint,
      {
        topic_arn: { $reference: { address: "topic", attribute: "arn" } },
        protocol: "sms",
        endpoint,
      },
      settings,
    );
  const heardBy = (count: number) =>
    live({ eventRules: [] }).map((record) => {
      if (record.kind !== "resource") return record;
      if (record.type === "trail") return { ...record, eventRules: [] };
      const isRead = record.type === "topic" && record.arn.endsWith(":alerts");
      return isRead ? { ...record, subscriptionsConfirmed: count } : record;
    });
  const ONE = [topic(), read("one")];

  test.each<[string, Resources, Resources, number, string[]]>([
    ["that loses the last who read it", ONE, [topic()], 1, [HEARD]],
    ["that others read too", ONE, [topic()], 2, []],
    ["that goes", ONE, [], 2, [HEARD]],
    ["that others read whom the change makes", ONE, [topic(), read("two")], 1, [OPEN]],
    [
      "of whose readers not all are confirmed",
      [...ONE, read("two")],
      [topic(), read("two")],
      1,
      [OPEN],
    ],
    ["that keeps them", ONE, ONE, 1, []],
    ["whose reader is renamed", ONE, [topic(), { ...read("one"), address: "other" }], 1, []],
    [
      "of who knows which account",
      [topic(nowhere), read("one", nowhere)],
      [topic(nowhere)],
      1,
      [OPEN],
    ],
    [
      "of who knows which account, of many",
      [topic(nowhere), read("one", nowhere)],
      [topic(nowhere)],
      2,
      [],
    ],
    [
      "of another region, and who knows which account",
      [topic({ accountId: account }), read("one", { accountId: account })],
      [topic({ accountId: account })],
      1,
      [],
    ],
    [
      "of another account",
      [topic({ ...home, accountId: WORKLOAD }), read("one")],
      [topic({ ...home, accountId: WORKLOAD })],
      1,
      [],
    ],
  ])("%s", async (_, before, after, count, expected) => {
    expect(await broken(before, after, heardBy(count))).toEqual(expected);
  });
});
