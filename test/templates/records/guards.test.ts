import { expect, test } from "vitest";
import { unknown } from "../../../src/snapshot/unknown.ts";
import { locationOf } from "../../../src/templates/records/places.ts";
import { templateRecords } from "../../../src/templates/records/records.ts";
import type { TemplateResource } from "../../../src/templates/resource.ts";
import type { Value } from "../../../src/templates/value.ts";
import { ACCOUNT, a, HOME, later, noAccount, noRegion, ref, stack } from "./planned.ts";

const made = (...resources: TemplateResource[]) =>
  templateRecords([stack(resources)], { tool: "test", startedAt: "2026-11-20T12:00:00.000Z" });

const CONTENT = '{"Statement":{"Effect":"Deny","Action":"cloudtrail:*","Resource":"*"}}';

const policy = (values: Record<string, Value> = {}) =>
  a("aws_organizations_policy", "policy", { name: "protect", content: CONTENT, ...values });
const attachment = (address: string, values: Record<string, Value>) =>
  a("aws_organizations_policy_attachment", address, { policy_id: ref("policy", "id"), ...values });
const template = (values: Record<string, Value>) =>
  a("AWS::Organizations::Policy", "Policy", {
    Type: "SERVICE_CONTROL_POLICY",
    Content: { Version: "2012-10-17" },
    ...values,
  });

test("a service control policy and its attachments in Terraform", () => {
  const { guards, places } = made(
    policy(),
    attachment("root", { target_id: "r-ab12" }),
    attachment("unit", { target_id: ref("aws_organizations_organizational_unit.prod", "id") }),
    attachment("foreign", { policy_id: "p-12345678", target_id: "r-ab12" }),
  );
  expect(guards.policies).toHaveLength(1);
  expect(guards.policies[0]).toMatchObject({
    name: "protect",
    accountId: ACCOUNT,
    policyId: null,
    isServiceControl: true,
    content: { text: CONTENT },
    open: null,
    planned: { stack: "prod", address: "policy" },
  });
  const attachments = guards.policies[0]?.attachments ?? [];
  expect(attachments.map(({ id, target }) => [id, target])).toEqual([
    ["prod#root", "r-ab12"],
    ["prod#unit", expect.stringContaining("aws_organizations_organizational_unit.prod.id")],
  ]);
  expect(guards.strays).toMatchObject([{ id: "prod#foreign", policyId: "p-12345678" }]);
  const files = attachments.map(({ told }) => locationOf(places, told)?.file);
  expect(files).toEqual(["root/target_id", "unit/target_id"]);
});

test("a plan's attachment names its policy by the id that AWS gave it", () => {
  const { guards } = made(
    policy({ id: "p-12345678" }),
    attachment("root", { policy_id: "p-12345678", target_id: "r-ab12" }),
  );
  expect(guards.policies).toMatchObject([
    { policyId: "p-12345678", attachments: [{ target: "r-ab12" }] },
  ]);
  expect(guards.strays).toEqual([]);
});

test("a service control policy of CloudFormation names its targets itself", () => {
  const { guards, places } = made(
    template({ Name: "protect", TargetIds: ["r-ab12", ref("Unit", "Id")] }),
  );
  const [found] = guards.policies;
  expect(found?.content.text).toBe('{"Version":"2012-10-17"}');
  expect(found?.attachments.map(({ id, target }) => [id, target])).toEqual([
    ["prod#Policy", "r-ab12"],
    ["prod#Policy", expect.stringContaining("Unit.Id")],
  ]);
  expect(locationOf(places, found?.attachments[0]?.told ?? null)?.file).toBe("Policy/TargetIds");
  expect(made(template({ TargetIds: later })).guards.policies).toMatchObject([
    { attachments: [], open: later },
  ]);
});

const unsaid = { $unknown: expect.objectContaining({ detail: "its type" }) };

test.each<[TemplateResource, object[]]>([
  [policy(), [{ isServiceControl: true }]],
  [policy({ type: "SERVICE_CONTROL_POLICY" }), [{ isServiceControl: true }]],
  [policy({ type: "TAG_POLICY" }), []],
  [policy({ type: later }), [{ isServiceControl: later }]],
  [template({ Type: "RESOURCE_CONTROL_POLICY" }), []],
  [template({ Type: null }), [{ isServiceControl: unsaid }]],
])("whether %o is a service control policy", (resource, expected) => {
  expect(made(resource).guards.policies).toMatchObject(expected);
});

test.each<[string, Value, unknown]>([
  ["left out", null, { $unknown: expect.objectContaining({ reason: "unsupported" }) }],
  ["not known", later, later],
  ["of another resource", ref("data", "json"), expect.anything()],
  ["with marks of ours", '{"a":"\\ue004b\\ue005"}', expect.objectContaining({})],
  [
    "with a hole outside of quotes",
    { $text: ['{"a":', unknown("unresolved", { detail: "var.a" }), "}"] },
    { $unknown: expect.objectContaining({ reason: "unresolved" }) },
  ],
])("a document that is %s is not known", (_, content, expected) => {
  const [found] = made(policy({ content })).guards.policies;
  expect(found?.content.text).toEqual(expected);
  expect(typeof found?.content.text).toBe("object");
  expect(found?.content.written).toBe(JSON.stringify(content));
});

test("what is not known of a document is the same wherever the same expression gives it", () => {
  const hole = unknown("unresolved", { detail: "var.role" });
  const content = {
    $text: ['{"a":"arn:', hole, '","b":"', hole, '","c":"', ref("x", "arn"), '"}'],
  };
  const texts = [1, 2].map(() => made(policy({ content })).guards.policies[0]?.content.text);
  expect(texts[0]).toEqual(texts[1]);
  const { a: one, b: other } = JSON.parse(String(texts[0]));
  expect(one).toBe(`arn:${other}`);
  const inside = made(template({ Content: { Action: [hole] } })).guards.policies[0]?.content.text;
  expect(JSON.parse(String(inside)).Action).toEqual([other]);
});

const PATTERN = '{"source":["aws.cloudtrail"]}';

const rule = (values: Record<string, Value> = {}, settings = {}) =>
  a(
    "aws_cloudwatch_event_rule",
    "rule",
    { name: "changes", event_pattern: PATTERN, ...values },
    settings,
  );

const target = (values: Record<string, Value> = {}, settings = {}) =>
  a(
    "aws_cloudwatch_event_target",
    "target",
    { rule: ref("rule", "name"), arn: "arn:aws:sns:us-east-2:999999999999:topic", ...values },
    settings,
  );

test("an EventBridge rule and its targets in Terraform, wherever these are", () => {
  const { guards, places } = made(rule(), target(), target({ rule: "other" }));
  expect(guards.rules).toMatchObject([
    {
      name: "changes",
      arn: `arn:aws:events:${HOME}:${ACCOUNT}:rule/changes`,
      enabled: true,
      bus: null,
      pattern: { text: PATTERN },
      targets: ["prod#target"],
    },
  ]);
  const key = guards.rules[0]?.observations[1]?.requestId ?? null;
  expect(locationOf(places, key)?.file).toBe("rule/event_pattern");
  const nowhere = { region: noRegion, accountId: noAccount };
  expect(made(rule({}, nowhere), target({}, nowhere)).guards.rules[0]?.targets).toHaveLength(1);
  expect(made(rule(), target({}, { region: "us-east-1" })).guards.rules[0]?.targets).toEqual([]);
});

test.each<[Record<string, Value>, unknown]>([
  [{ state: "ENABLED", is_enabled: true }, { enabled: true }],
  [{ state: "DISABLED", is_enabled: true }, { enabled: false }],
  [{ state: "ENABLED", is_enabled: false }, { enabled: false }],
  [{ state: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" }, { enabled: true }],
  [{ state: later }, { enabled: later }],
  [{ state: "ASLEEP" }, { enabled: { $unknown: expect.anything() } }],
  [{ event_bus_name: "default" }, { bus: null }],
  [{ event_bus_name: "own" }, { bus: "own" }],
])("a rule with %o", (values, expected) => {
  expect(made(rule(values)).guards.rules).toMatchObject([expected]);
});

test("a rule that only follows a schedule reacts to nothing", () => {
  expect(made(rule({ event_pattern: null })).guards.rules).toEqual([]);
  expect(made(rule({ event_pattern: "" })).guards.rules).toEqual([]);
});

test("an EventBridge rule of CloudFormation has its targets with it", () => {
  const template = (Targets: Value) =>
    made(
      a("AWS::Events::Rule", "Rule", {
        State: "DISABLED",
        EventPattern: { source: ["aws.cloudtrail"] },
        Targets,
      }),
    ).guards.rules[0];
  const two = template([{ Id: "a" }, { Id: "b" }]);
  expect(two).toMatchObject({ enabled: false, targets: ["prod#Rule", "prod#Rule"] });
  expect(two?.pattern.text).toBe(PATTERN);
  expect(template(later)?.targets).toEqual(later);
  expect(template(null)?.targets).toEqual([]);
});
