import { expect, test } from "vitest";
import { unknown } from "../../../src/snapshot/unknown.ts";
import { changeSubjects, movesBetween } from "../../../src/subjects/change/changes.ts";
import type { Change } from "../../../src/subjects/schema/change.ts";
import { templateRecords } from "../../../src/templates/records/records.ts";
import type { TemplateResource } from "../../../src/templates/resource.ts";
import type { Value } from "../../../src/templates/value.ts";
import { terraform } from "../../templates/records/compliant.ts";
import {
  ACCOUNT,
  a,
  HOME,
  noAccount,
  ref,
  type Settings,
  stack,
} from "../../templates/records/planned.ts";
import { CONTEXT } from "../a-snapshot.ts";

type Stacks = Record<string, readonly TemplateResource[]>;

function side(stacks: Stacks) {
  const states = Object.entries(stacks).map(([name, resources]) => stack(resources, { name }));
  const context = { tool: "test", startedAt: "2026-11-20T12:00:00.000Z" };
  const { records, guards, resourceOf, watchAt, openWatchesOn } = templateRecords(states, context);
  return {
    records,
    guards,
    has: (id: string) => resourceOf(id) !== undefined,
    presenceOf: (id: string) => resourceOf(id)?.resource.presence ?? true,
    watchAt,
    openWatchesOn,
  };
}

type Told = Partial<Parameters<typeof changeSubjects>[2]>;

/** The subjects of a change by their ids, and what each explains. */
function changed(before: Stacks, after: Stacks, told: Told = {}) {
  const { subjects, explains } = changeSubjects(side(before), side(after), {
    movedTo: new Map(),
    replaced: new Set(),
    forgotten: new Set(),
    coveredByOthers: () => false,
    context: CONTEXT,
    ...told,
  });
  const fields = subjects.flatMap((each) => (each.kind === "change" ? [each.fields] : []));
  const byId = new Map(fields.map((each) => [each.id, each]));
  const fates = Object.fromEntries(fields.map(({ id, fate }) => [id, fate]));
  const at = (id: string): Change => byId.get(id) ?? expect.fail(`nothing about ${id}`);
  return { subjects, explains, fates, at };
}

const trail = (values: Record<string, Value> = {}, settings: Settings = {}) =>
  a("aws_cloudtrail", "trail", { name: "main", s3_bucket_name: "elsewhere", ...values }, settings);
const maybe = unknown("unresolved", { detail: "var.enabled" });
const perhaps = { presence: maybe };
const open = { $unknown: expect.objectContaining({ more: true }) };

test("what is kept unharmed makes no subject", () => {
  expect(changed({ prod: terraform() }, { prod: terraform() }).fates).toEqual({});
});

test.each<[string, TemplateResource[], TemplateResource[], unknown]>([
  ["is gone", [trail()], [], "deleted"],
  ["is gone, and perhaps never was", [trail({}, perhaps)], [], maybe],
  ["may go", [trail()], [trail({}, perhaps)], maybe],
  ["was there perhaps, and is so", [trail({}, perhaps)], [trail({}, perhaps)], undefined],
  ["has another name", [trail()], [trail({ name: "other" })], "replaced"],
  [
    "has a name that is not known",
    [trail()],
    [trail({ name: maybe })],
    expect.objectContaining({ $unknown: expect.anything() }),
  ],
  [
    "had a name as little known as now",
    [trail({ name: maybe })],
    [trail({ name: maybe })],
    undefined,
  ],
  ["is in another region", [trail()], [trail({}, { region: "eu-central-1" })], "replaced"],
  ["is in another account", [trail()], [trail({}, { accountId: "999999999999" })], "replaced"],
  [
    "is in a region that nobody told before",
    [trail({}, { accountId: noAccount })],
    [trail()],
    undefined,
  ],
])("a trail that %s: its fate", (_, before, after, wanted) => {
  expect(changed({ prod: before }, { prod: after }).fates["prod#trail"]).toEqual(wanted);
});

test.each<[string, Told, unknown]>([
  ["replaced", { replaced: new Set(["prod#trail"]) }, "replaced"],
  ["forgotten", { forgotten: new Set(["prod#trail"]) }, "forgotten"],
  ["moved to where it is", { movedTo: new Map([["prod#trail", "prod#other"]]) }, "moved"],
  ["moved to where it is not", { movedTo: new Map([["prod#trail", "prod#nowhere"]]) }, "deleted"],
  ["perhaps moved", { movedTo: new Map([["prod#trail", maybe]]) }, maybe],
])("a trail that its inputs call %s", (_, told, wanted) => {
  const now = [a("aws_cloudtrail", "other", { name: "main", s3_bucket_name: "elsewhere" })];
  const only = told.replaced || told.forgotten ? [] : now;
  expect(changed({ prod: [trail()] }, { prod: only }, told).fates["prod#trail"]).toEqual(
    wanted === "deleted" ? "replaced" : wanted,
  );
});

const logging = (value: Value) => trail({ enable_logging: value });
const selectors = (...selected: Value[]) => trail({ event_selector: selected });
const objects = (values: string[]) => ({
  data_resource: [{ type: "AWS::S3::Object", values }],
});

test.each<[string, TemplateResource, TemplateResource, unknown[]]>([
  ["is stopped", logging(true), logging(false), ["logging: was on, is off"]],
  ["is started", logging(false), logging(true), []],
  ["may be stopped", logging(true), logging(maybe), [open]],
  ["was perhaps on, and is off", logging(maybe), logging(false), [open]],
  ["was perhaps on, and is as before", logging(maybe), logging(maybe), []],
  ["was off, and perhaps is on", logging(false), logging(maybe), []],
  [
    "is stopped, and may lose more",
    logging(true),
    trail({ enable_logging: false, is_organization_trail: false, event_selector: maybe }),
    ["logging: was on, is off", open],
  ],
  [
    "has no global service events any more",
    trail(),
    trail({ include_global_service_events: false }),
    ["global service events: was on, is off"],
  ],
  [
    "records another bucket too",
    selectors(objects(["arn:aws:s3:::a/"])),
    selectors(objects(["arn:aws:s3:::a/", "arn:aws:s3:::b/"])),
    [],
  ],
  [
    "records another bucket instead",
    selectors(objects(["arn:aws:s3:::a/"])),
    selectors(objects(["arn:aws:s3:::b/"])),
    [
      expect.stringContaining(
        "AWS::S3::Object data events (resources.ARN begins with arn:aws:s3:::a/)",
      ),
    ],
  ],
  [
    "records a bucket of which the name is not known instead",
    selectors(objects(["arn:aws:s3:::a/"])),
    selectors({
      data_resource: [
        { type: "AWS::S3::Object", values: [{ $text: ["arn:aws:s3:::", maybe, "/"] }] },
      ],
    }),
    [open],
  ],
  [
    "leaves the events of a service out",
    trail(),
    selectors({ exclude_management_event_sources: ["kms.amazonaws.com"] }),
    ["management events: were recorded, are not all recorded"],
  ],
  [
    "says the same by advanced selectors",
    trail(),
    trail({
      advanced_event_selector: [
        { field_selector: [{ field: "eventCategory", equals: ["Management"] }] },
      ],
    }),
    [],
  ],
])("a trail that %s: what it no longer records", (_, before, after, wanted) => {
  const { subjects, at } = changed({ prod: [before] }, { prod: [after] });
  expect(subjects).toHaveLength(wanted.length > 0 ? 1 : 0);
  if (wanted.length > 0) expect(at("prod#trail").lostRecording).toEqual(wanted);
});

test("a key that its trail names no more only perhaps", () => {
  const now = trail({ kms_key_id: maybe });
  const { at } = changed({ prod: [trail({ kms_key_id: "alias/logs" })] }, { prod: [now] });
  expect(at("prod#trail").lostProtection).toEqual([open]);
});

test("another key is no loss", () => {
  const before = trail({ kms_key_id: "alias/logs" });
  const now = trail({ kms_key_id: ref("key", "arn") });
  const made = a("aws_kms_key", "key", {});
  expect(changed({ prod: [before] }, { prod: [now, made] }).fates).toEqual({});
});

test("what serves no trail of the inputs serves others where its policy lets CloudTrail in", () => {
  const kept = terraform().filter(({ address }) => address !== "trail");
  const { at } = changed({ prod: kept }, { prod: [] });
  for (const [id, what] of [
    ["prod#key", "KMS key"],
    ["prod#bucket", "bucket"],
    ["prod#bucket policy", "bucket policy"],
  ] as const) {
    expect(at(id)).toMatchObject({
      fate: "deleted",
      users: [open],
      lostProtection: [`${what} of trails elsewhere: was there, is deleted`],
    });
  }
});

test("what serves no trail of the inputs, and whose policy only names CloudTrail, may serve others", () => {
  const shut = JSON.stringify({
    Statement: { Effect: "Deny", Principal: { Service: "cloudtrail.amazonaws.com" }, Action: "*" },
  });
  const changes = { key: { policy: shut }, "bucket policy": { policy: shut } };
  const kept = terraform(changes).filter(({ address }) => address !== "trail");
  const { at } = changed({ prod: kept }, { prod: [] });
  for (const id of ["prod#key", "prod#bucket", "prod#bucket policy"]) {
    expect(at(id)).toMatchObject({ fate: "deleted", users: [open], lostProtection: [open] });
  }
});

test("a policy that is put on another bucket is taken from this one", () => {
  const resources = terraform({ "bucket policy": { bucket: "another" } });
  const { at } = changed({ prod: terraform() }, { prod: resources });
  expect(at("prod#bucket policy")).toMatchObject({
    fate: "kept",
    lostProtection: ["bucket policy of main: was on the bucket, is not"],
  });
});

test("a lock without its retention is a lock no more", () => {
  const { at } = changed({ prod: terraform() }, { prod: terraform({ lock: { rule: [] } }) });
  expect(at("prod#lock").lostProtection).toEqual([
    "Object Lock retention of main: was on the bucket, is not",
  ]);
});

const retention = (mode: Value, days: Value) => ({
  lock: { rule: [{ default_retention: [{ mode, days }] }] },
});

test.each<[string, Value, Value, unknown]>([
  ["keeps less long", "COMPLIANCE", 399, expect.stringContaining("is COMPLIANCE for 399 days")],
  ["lets files be deleted", "GOVERNANCE", 500, expect.stringContaining("is GOVERNANCE for 500")],
  ["may keep less long", "COMPLIANCE", maybe, open],
])("a lock that %s", (_, mode, days, wanted) => {
  const { at } = changed({ prod: terraform() }, { prod: terraform(retention(mode, days)) });
  expect(at("prod#lock")).toMatchObject({ fate: "kept", lostProtection: [wanted] });
});

test.each<[string, Value, Value]>([
  ["keeps longer", "COMPLIANCE", 401],
  ["is as before", "COMPLIANCE", 400],
])("a lock that %s loses nothing", (_, mode, days) => {
  const now = terraform(retention(mode, days));
  expect(changed({ prod: terraform() }, { prod: now }).fates).toEqual({});
});

test("a lock as little known as before loses nothing", () => {
  const unread = terraform(retention("COMPLIANCE", maybe));
  expect(changed({ prod: unread }, { prod: unread }).fates).toEqual({});
});

test("a policy in the bucket's own argument that is taken out", () => {
  const written = { bucket: { policy: "{}" }, "bucket policy": null };
  const { at } = changed(
    { prod: terraform(written) },
    { prod: terraform({ "bucket policy": null }) },
  );
  expect(at("prod#bucket/policy")).toMatchObject({
    fate: "kept",
    lostProtection: ["bucket policy of main: was there, is not"],
  });
});

test("a plan goes on to show in the bucket the policy whose resource it destroys", () => {
  const stale = terraform({ "bucket policy": null, bucket: { policy: "{}" } });
  const { fates } = changed({ prod: terraform() }, { prod: stale });
  expect(fates).toEqual({ "prod#bucket policy": "deleted" });
});

test("a trail that no longer uses a bucket leaves the bucket's things as they are", () => {
  const now = terraform({ trail: { s3_bucket_name: "elsewhere" } });
  expect(changed({ prod: terraform() }, { prod: now }).fates).toEqual({});
});

test("a trail explains what served it alone, and not what another needs", () => {
  const others = a("aws_cloudtrail", "second", {
    name: "second",
    s3_bucket_name: ref("bucket", "id"),
  });
  const gone = terraform().filter(({ address }) => !["trail", "key", "bucket"].includes(address));
  const { explains } = changed({ prod: [...terraform(), others] }, { prod: [...gone, others] });
  const explained = explains.get("prod#trail")?.map(({ id }) => id) ?? [];
  expect(explained).toContain("prod#key");
  expect(explained).not.toContain("prod#bucket");
});

test("who else may use a key is not known where a trail does not say what it uses", () => {
  const silent = a("aws_cloudtrail", "second", {
    name: "second",
    s3_bucket_name: "elsewhere",
    kms_key_id: maybe,
  });
  const gone = terraform().filter(({ address }) => !["trail", "key"].includes(address));
  const { explains, at } = changed({ prod: [...terraform(), silent] }, { prod: [...gone, silent] });
  expect(at("prod#key").users).toEqual(["main", open]);
  expect((explains.get("prod#trail") ?? []).map(({ id }) => id)).not.toContain("prod#key");
});

test.each([
  ["all instances of a resource", "trail"],
  ["a module with all that is in it", "module.audit"],
])("what names %s to be forgotten names each", (_, named) => {
  const before = [`${named}[0]`, `${named}["a.b"]`].map((block) => {
    const address = named === "trail" ? block : `${block}.trail`;
    return a("aws_cloudtrail", address, { name: address, s3_bucket_name: "elsewhere" });
  });
  const { fates } = changed(
    { prod: before },
    { prod: [] },
    { forgotten: new Set([`prod#${named}`]) },
  );
  expect(Object.values(fates)).toEqual(["forgotten", "forgotten"]);
});

test("where a bucket may be elsewhere, so may its policy and lock", () => {
  const movedTo = new Map([["prod#bucket", maybe]]);
  const kept = terraform().filter(({ address }) => address === "trail");
  const { fates } = changed({ prod: terraform() }, { prod: kept }, { movedTo });
  expect(fates).toMatchObject({ "prod#bucket policy": maybe, "prod#lock": maybe });
});

test("a policy whose text is not known yet is there all the same", () => {
  const now = terraform({ "bucket policy": { policy: maybe } });
  expect(changed({ prod: terraform() }, { prod: now }).fates).toEqual({});
});

const watched = (...others: TemplateResource[]) => [
  ...terraform(),
  a("aws_cloudwatch_log_metric_filter", "filter", {
    name: "filter",
    log_group_name: ref("group", "name"),
    pattern: "ERROR",
    metric_transformation: [{ name: "Errors", namespace: "Audit", value: "1" }],
  }),
  a("aws_cloudwatch_metric_alarm", "alarm", {
    alarm_name: "errors",
    namespace: "Audit",
    metric_name: "Errors",
  }),
  ...others,
];
const above = (address: string, child: string) =>
  a("aws_cloudwatch_composite_alarm", address, {
    alarm_name: address,
    alarm_rule: `ALARM("${child}")`,
  });

test("composite alarms above an alarm on the log group count, and others do not", () => {
  const all = [above("top", "errors"), above("tip", "top"), above("stranger", "strange")];
  const { fates, explains } = changed({ prod: watched(...all) }, { prod: watched() });
  expect(fates).toEqual({ "prod#top": "deleted", "prod#tip": "deleted" });
  expect((explains.get("prod#top") ?? []).map(({ id }) => id)).toContain("prod#tip");
});

const edit = (values: Record<string, Value>) =>
  watched().map((each) =>
    each.address === "alarm" ? { ...each, values: { ...each.values, ...values } } : each,
  );

test.each<[string, string, Record<string, Value>]>([
  ["an alarm with a threshold", "alarm", { threshold: open }],
  ["an alarm with a receiver", "alarm", { alarm_actions: [open] }],
  [
    "an alarm of maths with a statistic",
    "alarm",
    {
      namespace: null,
      metric_name: null,
      metric_query: [
        { id: "m", metric: [{ namespace: "Audit", metric_name: "Errors", stat: open }] },
      ],
    },
  ],
  ["a metric filter with a pattern", "filter", { pattern: open }],
])("%s that is not known is lost where it goes, and not where it stays", (_, address, values) => {
  const before = watched().map((each) =>
    each.address === address ? { ...each, values: { ...each.values, ...values } } : each,
  );
  expect(changed({ prod: before }, { prod: before }).fates).toEqual({});
  const now = before.filter((each) => each.address !== address);
  const { fates, explains } = changed({ prod: before }, { prod: now });
  expect(fates).toEqual({ [`prod#${address}`]: "deleted" });
  expect(explains.get(`prod#${address}`)).toContainEqual({
    id: "prod#group",
    pointers: ["/alarms", "/silentAlarms"],
  });
});

test("what an alarm looks at on a filter of which not all is known is lost with it", () => {
  const before = watched().map((each) =>
    each.address === "filter" ? { ...each, values: { ...each.values, pattern: open } } : each,
  );
  const now = before.filter(({ address }) => address !== "alarm");
  expect(changed({ prod: before }, { prod: now }).fates).toEqual({ "prod#alarm": "deleted" });
});

test("what is wholly known has a record, and is not told twice", () => {
  const on = (resources: TemplateResource[]) =>
    side({ prod: resources })
      .openWatchesOn("prod#group")
      .map(({ planned }) => planned.address);
  expect(on(watched())).toEqual([]);
  expect(on(edit({ threshold: open }))).toEqual(["alarm"]);
});

test("an alarm of which not all is known on another metric is none of the log group's", () => {
  const before = edit({ metric_name: "Other", threshold: open });
  const now = before.filter(({ address }) => address !== "alarm");
  expect(changed({ prod: before }, { prod: now }).fates).toEqual({});
});

test("an alarm that stays and looks at another metric loses its filter", () => {
  const { at } = changed({ prod: watched() }, { prod: edit({ metric_name: "Other" }) });
  expect(at("prod#alarm")).toMatchObject({
    fate: "kept",
    lostProtection: ["alarm of main: looked at Audit/Errors, looks at Audit/Other"],
  });
});

test("what an alarm that stays looks at may not be known", () => {
  const { at } = changed({ prod: watched() }, { prod: edit({ metric_name: maybe }) });
  expect(at("prod#alarm")).toMatchObject({ fate: "kept", lostProtection: [open] });
});

test.each([
  ["GreaterThanThreshold", 5, 6, ["alarm of main: threshold was 5, is 6"]],
  ["GreaterThanThreshold", 5, 4, []],
  ["LessThanThreshold", 5, 4, ["alarm of main: threshold was 5, is 4"]],
  ["LessThanThreshold", 5, 6, []],
])("an alarm on %s: its threshold was %i, is %i", (comparison_operator, was, now, wanted) => {
  const { subjects } = changed(
    { prod: edit({ comparison_operator, threshold: was }) },
    { prod: edit({ comparison_operator, threshold: now }) },
  );
  const lost = subjects.flatMap(({ kind, fields }) =>
    kind === "change" && "lostProtection" in fields ? fields.lostProtection : [],
  );
  expect(lost).toEqual(wanted);
});

test("an alarm of two log groups served the trails of both", () => {
  const second = [
    a("aws_cloudwatch_log_group", "second group", { name: "second" }),
    a("aws_cloudtrail", "second", {
      name: "second",
      s3_bucket_name: "elsewhere",
      cloud_watch_logs_group_arn: ref("second group", "arn"),
    }),
    a("aws_cloudwatch_log_metric_filter", "second filter", {
      name: "second",
      log_group_name: "second",
      pattern: "ERROR",
      metric_transformation: [{ name: "Errors", namespace: "Audit", value: "1" }],
    }),
  ];
  const now = watched(...second).filter(({ address }) => address !== "alarm");
  const { at } = changed({ prod: watched(...second) }, { prod: now });
  expect(at("prod#alarm")).toMatchObject({
    users: ["main", "second"],
    lostProtection: ["alarm of main, second: was there, is deleted"],
  });
});

test("what a trail loses is told where its attribute is, and its end where it was", () => {
  const now = trail({ is_multi_region_trail: false });
  const narrowed = changed({ prod: [trail({ is_multi_region_trail: true })] }, { prod: [now] });
  expect(narrowed.subjects[0]?.requestId("/lostRecording")).toBe(
    "prod#trail/is_multi_region_trail",
  );
  const gone = changed({ prod: [trail()] }, { prod: [] });
  expect(gone.subjects[0]?.requestId("/fate")).toBe("prod#trail");
});

const moves = (before: Stacks, after: Stacks) =>
  Object.fromEntries(movesBetween(side(before), side(after)));
const named = (address: string, name: Value, settings: Settings = {}) =>
  a("aws_cloudtrail", address, { name, s3_bucket_name: "elsewhere" }, settings);
const elsewhere = { $unknown: expect.objectContaining({ reason: "unresolved" }) };

test.each<[string, TemplateResource, TemplateResource, unknown]>([
  ["of the same name", named("old", "main"), named("new", "main"), "b#new"],
  ["of another name", named("old", "main"), named("new", "other"), undefined],
  [
    "in another account",
    named("old", "main"),
    named("new", "main", { accountId: "999999999999" }),
    undefined,
  ],
  [
    "in another region",
    named("old", "main"),
    named("new", "main", { region: "us-east-1" }),
    undefined,
  ],
  [
    "in an account that is not known",
    named("old", "main"),
    named("new", "main", { accountId: noAccount }),
    elsewhere,
  ],
  ["of a name that is not known", named("old", "main"), named("new", maybe), elsewhere],
  [
    "of the same ARN",
    a("aws_cloudtrail", "old", {
      name: "main",
      arn: `arn:aws:cloudtrail:${HOME}:${ACCOUNT}:trail/main`,
    }),
    a("aws_cloudtrail", "new", {
      name: "main",
      arn: `arn:aws:cloudtrail:${HOME}:${ACCOUNT}:trail/main`,
    }),
    "b#new",
  ],
])("a trail leaves a stack, and one %s enters another", (_, left, entered, wanted) => {
  expect(moves({ a: [left], b: [] }, { a: [], b: [entered] })["a#old"]).toEqual(wanted);
});

test("nothing moves to what was there already, nor to two places", () => {
  const twin = named("twin", "main");
  expect(moves({ a: [named("old", "main")], b: [twin] }, { a: [], b: [twin] })).toEqual({});
  const two = { a: [named("old", "main"), named("older", "main")], b: [] };
  expect(moves(two, { a: [], b: [twin] })).toEqual({ "a#old": "b#twin" });
});

test.each([
  ["trail", "trail[0]"],
  ["trail[0]", "trail"],
  ["module.audit.trail", "module.audit[0].trail"],
  ['module.audit["a.b"].trail', null],
])("a count comes or goes: %s is %s", (from, to) => {
  const address = to ?? "module.audit.trail";
  const found = moves({ a: [named(from, "main")] }, { a: [named(address, "main")] });
  expect(found).toEqual(to === null ? {} : { [`a#${from}`]: `a#${to}` });
});

test("an instance does not become what was there beside it", () => {
  const beside = named("trail", "other");
  expect(moves({ a: [named("trail[0]", "main"), beside] }, { a: [beside] })).toEqual({});
});

test("instances that nobody counted may hold it", () => {
  const many = named("trail[*]", "main", perhaps);
  expect(moves({ a: [named('trail["eu"]', "main")] }, { a: [many] })).toEqual({
    'a#trail["eu"]': maybe,
  });
});
