import { describe, expect, test } from "vitest";
import type { EventDataStoreRecord } from "../../../src/snapshot/resources/event-data-store.ts";
import type { RoleRecord } from "../../../src/snapshot/resources/role.ts";
import type { TopicRecord } from "../../../src/snapshot/resources/topic.ts";
import type { TrailRecord } from "../../../src/snapshot/resources/trail.ts";
import { unknown } from "../../../src/snapshot/unknown.ts";
import { eventDataStoreReaders } from "../../../src/subjects/access/event-data-store-access.ts";
import { isGroupPublic } from "../../../src/subjects/access/log-group-access.ts";
import { logsRole } from "../../../src/subjects/access/logs-role.ts";
import { topicAdmits } from "../../../src/subjects/access/topic-access.ts";
import { addOrganization, type Join, newJoin } from "../../../src/subjects/join.ts";
import {
  aHeader,
  aLogGroup,
  anOrganization,
  aTrail,
  CONTEXT,
  LOG_GROUP,
  MANAGEMENT,
  ORG_TRAIL,
  STRANGER,
  shown,
  WORKLOAD,
} from "../a-snapshot.ts";
import { policyOf } from "./documented.ts";

const ROLE = `arn:aws:iam::${MANAGEMENT}:role/trail-to-logs`;
const TOPIC = `arn:aws:sns:us-east-1:${MANAGEMENT}:trail`;
const provenance = { observations: [], sources: {} };

function aJoin(role?: Partial<RoleRecord>): Join {
  const join = newJoin(aHeader(), CONTEXT);
  addOrganization(join, anOrganization());
  if (role !== undefined) join.roles.set(ROLE, aRole(role));
  return join;
}

const trust = (statement: object = {}) =>
  policyOf({
    Effect: "Allow",
    Principal: { Service: "cloudtrail.amazonaws.com" },
    Action: "sts:AssumeRole",
    ...statement,
  });

const group = LOG_GROUP.slice(0, -2);
const ownStreams = `${group}:log-stream:${MANAGEMENT}_CloudTrail_us-east-1*`;
const sharedStreams = `${group}:log-stream:o-exampleorgid_*`;
const deliver = (resources: string | string[], changes: object = {}) =>
  policyOf({
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: resources,
    ...changes,
  });

const aRole = (changes: Partial<RoleRecord> = {}): RoleRecord => ({
  kind: "resource",
  type: "role",
  arn: ROLE,
  name: "trail-to-logs",
  accountId: MANAGEMENT,
  exists: true,
  trustPolicy: trust(),
  policies: [{ name: "deliver", document: deliver([ownStreams, sharedStreams]) }],
  boundary: null,
  ...provenance,
  ...changes,
});

const named = (...documents: string[]) => ({
  policies: documents.map((document, index) => ({ name: `p${index}`, document })),
});

describe("the role with which CloudTrail writes to a log group: exists, can deliver", () => {
  test.for<[string, Partial<RoleRecord>, unknown, Partial<TrailRecord>?]>([
    ["AWS's for an organization trail", {}, true],
    ["AWS's for an account trail, of an organization trail", named(deliver(ownStreams)), false],
    [
      "AWS's for an account trail",
      named(deliver(ownStreams)),
      true,
      { isOrganizationTrail: false },
    ],
    ["the organization's streams alone", named(deliver(sharedStreams)), false],
    ["the CDK's, for the whole group", named(deliver(`${group}:*`)), true],
    [
      "one policy for each action",
      named(
        deliver("*", { Action: "logs:CreateLogStream" }),
        deliver("*", { Action: "logs:putlogevents" }),
      ),
      true,
    ],
    ["without the second action", named(deliver("*", { Action: "logs:CreateLogStream" })), false],
    ["of another group", named(deliver(`${group}2:*`)), false],
    ["of the group without its streams", named(deliver(group)), false],
    [
      "another region's streams",
      named(deliver([`${group}:log-stream:${MANAGEMENT}_CloudTrail_eu-west-1*`, sharedStreams])),
      false,
    ],
    [
      "denied by another policy",
      named(deliver("*"), deliver("*", { Effect: "Deny", Action: "logs:Put*" })),
      false,
    ],
    [
      "under a condition that nobody knows",
      named(deliver("*", { Condition: { StringEquals: { "aws:ResourceTag/x": "y" } } })),
      "?unresolved",
    ],
    [
      "one policy that was not seen",
      { policies: [{ name: "p", document: unknown("timeout") }] },
      "?timeout",
    ],
    [
      "one policy that was not seen beside a good one",
      { policies: [{ name: "p", document: unknown("timeout") }, ...named(deliver("*")).policies] },
      "?timeout",
    ],
    ["no policies", { policies: [] }, false],
    ["a boundary that holds it", { boundary: deliver("*") }, true],
    ["a boundary that does not", { boundary: deliver("*", { Action: "s3:*" }) }, false],
    ["a boundary that was not seen", { boundary: unknown("timeout") }, "?timeout"],
    [
      "a trust in another service",
      { trustPolicy: trust({ Principal: { Service: "config.amazonaws.com" } }) },
      false,
    ],
    [
      "a trust for this trail",
      { trustPolicy: trust({ Condition: { ArnEquals: { "aws:SourceArn": ORG_TRAIL } } }) },
      true,
    ],
    [
      "a trust for another trail",
      { trustPolicy: trust({ Condition: { ArnEquals: { "aws:SourceArn": `${ORG_TRAIL}2` } } }) },
      false,
    ],
    [
      "a trust for an external id that CloudTrail does not send",
      { trustPolicy: trust({ Condition: { StringEquals: { "sts:ExternalId": "x" } } }) },
      "?unresolved",
    ],
    ["a trust that was not seen", { trustPolicy: unknown("timeout") }, "?timeout"],
    [
      "a trust that was not seen of a role that may not write",
      { trustPolicy: unknown("timeout"), policies: [] },
      false,
    ],
  ])("%s", ([, role, expected, trail]) => {
    const found = logsRole(aJoin(role), aTrail(trail), LOG_GROUP);
    expect([shown(found.roleExists), shown(found.roleCanDeliver)]).toEqual([true, expected]);
  });

  test("a role that is gone delivers nothing", () => {
    const gone = { exists: false, trustPolicy: unknown("not-collected") };
    expect(logsRole(aJoin(gone), aTrail(), LOG_GROUP)).toEqual({
      roleExists: false,
      roleCanDeliver: false,
    });
  });

  test("a role that nobody looked at is not known", () => {
    const found = logsRole(aJoin(), aTrail(), LOG_GROUP);
    expect(shown(found.roleCanDeliver)).toBe("?not-collected");
    const unseen = logsRole(aJoin(), aTrail({ logsRoleArn: unknown("timeout") }), LOG_GROUP);
    expect(shown(unseen.roleExists)).toBe("?timeout");
    expect(logsRole(aJoin(), aTrail({ logsRoleArn: null }), LOG_GROUP).roleExists).toBe(false);
  });
});

describe("whether a topic admits CloudTrail", () => {
  const publish = (changes: object = {}) =>
    policyOf({
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "SNS:Publish",
      Resource: TOPIC,
      ...changes,
    });
  const source = (key: string, value: string) => ({
    Condition: { StringEquals: { [key]: value } },
  });
  test.for<[string, Partial<TopicRecord>, unknown]>([
    ["AWS's policy", { policy: publish() }, true],
    ["for this trail", { policy: publish(source("aws:SourceArn", ORG_TRAIL)) }, true],
    ["for another trail", { policy: publish(source("aws:SourceArn", `${ORG_TRAIL}2`)) }, false],
    ["for the trail's account", { policy: publish(source("AWS:SourceAccount", MANAGEMENT)) }, true],
    ["for another account", { policy: publish(source("aws:SourceAccount", WORKLOAD)) }, false],
    ["for another topic", { policy: publish({ Resource: `${TOPIC}2` }) }, false],
    ["for subscribing", { policy: publish({ Action: "sns:Subscribe" }) }, false],
    ["no policy", { policy: null }, false],
    ["a policy that was not seen", { policy: unknown("timeout") }, "?timeout"],
    ["a topic that is gone", { exists: false, policy: unknown("not-collected") }, false],
  ])("%s", ([, changes, expected]) => {
    const topic: TopicRecord = {
      kind: "resource",
      type: "topic",
      arn: TOPIC,
      accountId: MANAGEMENT,
      region: "us-east-1",
      exists: true,
      kmsKeyId: null,
      policy: null,
      subscriptionsConfirmed: 1,
      ...provenance,
      ...changes,
    };
    expect(shown(topicAdmits(topic, aTrail()))).toBe(expected);
  });
});

describe("whether strangers may read a log group", () => {
  const read = { Effect: "Allow", Action: "logs:*", Resource: "*" };
  test.for<[string, object[], unknown]>([
    ["no policy", [], false],
    ["anyone", [{ ...read, Principal: "*" }], true],
    ["a stranger", [{ ...read, Principal: { AWS: STRANGER } }], true],
    [
      "a stranger to this group's streams",
      [{ ...read, Resource: `${group}:*`, Principal: { AWS: STRANGER } }],
      true,
    ],
    [
      "a stranger to another group",
      [{ ...read, Resource: `${group}2:*`, Principal: { AWS: STRANGER } }],
      false,
    ],
    [
      "a stranger who writes",
      [{ ...read, Action: "logs:PutLogEvents", Principal: { AWS: STRANGER } }],
      false,
    ],
    ["a member", [{ ...read, Principal: { AWS: WORKLOAD } }], false],
    ["a service", [{ ...read, Principal: { Service: "es.amazonaws.com" } }], false],
  ])("%s", ([, statements, expected]) => {
    const resourcePolicies = statements.map((each) => ({ name: "p", document: policyOf(each) }));
    expect(isGroupPublic(aJoin(), aLogGroup({ resourcePolicies }))).toBe(expected);
  });

  test("one policy that was not seen leaves it unknown, unless another is open", () => {
    const unseen = { name: "p", document: unknown("timeout") };
    const open = { name: "q", document: policyOf({ ...read, Principal: "*" }) };
    const asked = (...resourcePolicies: (typeof unseen | typeof open)[]) =>
      shown(isGroupPublic(aJoin(), aLogGroup({ resourcePolicies })));
    expect(asked(unseen)).toBe("?timeout");
    expect(asked(unseen, open)).toBe(true);
  });
});

describe("who from outside may query an event data store", () => {
  const arn = `arn:aws:cloudtrail:us-east-1:${MANAGEMENT}:eventdatastore/1`;
  const query = { Effect: "Allow", Action: "cloudtrail:StartQuery", Resource: arn };
  const readersOf = (policy: EventDataStoreRecord["policy"]) =>
    eventDataStoreReaders(aJoin(), {
      kind: "resource",
      type: "event-data-store",
      arn,
      name: "x",
      accountId: MANAGEMENT,
      region: "us-east-1",
      exists: true,
      status: "ENABLED",
      isMultiRegion: true,
      isOrganization: true,
      retentionDays: 2557,
      terminationProtected: true,
      billingMode: null,
      kmsKeyArn: null,
      eventSelectors: { basic: [], advanced: [] },
      policy,
      ...provenance,
    }).map(shown);
  test.for<[string, EventDataStoreRecord["policy"], unknown[]]>([
    ["no policy", null, []],
    ["anyone", policyOf({ ...query, Principal: "*" }), ["*"]],
    ["a stranger", policyOf({ ...query, Principal: { AWS: STRANGER } }), [STRANGER]],
    ["a member", policyOf({ ...query, Principal: { AWS: WORKLOAD } }), []],
    [
      "CloudTrail's dashboards",
      policyOf({ ...query, Principal: { Service: "cloudtrail.amazonaws.com" } }),
      [],
    ],
    ["not seen", unknown("timeout"), ["?timeout"]],
    ["not JSON", "{", ["?unsupported"]],
  ])("%s", ([, policy, expected]) => {
    expect(readersOf(policy)).toEqual(expected);
  });
});
