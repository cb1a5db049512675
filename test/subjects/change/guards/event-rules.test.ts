import { describe, expect, test } from "vitest";
import { ALL, CALLS, changed, changedTemplate, guardTemplate } from "./a-guard.ts";

const RULE = "prod#aws_cloudwatch_event_rule.tampering";

type Pattern = Record<string, unknown>;

const pattern = (detail: Pattern = {}, changes: Pattern = {}): Pattern => ({
  source: ["aws.cloudtrail"],
  "detail-type": ["AWS API Call via CloudTrail"],
  detail: { eventSource: ["cloudtrail.amazonaws.com"], eventName: CALLS, ...detail },
  ...changes,
});

const rule = (
  of: Pattern | string = pattern(),
  { address = "tampering", name = "tampering", rest = "" } = {},
) => `
resource "aws_cloudwatch_event_rule" "${address}" {
  name          = "${name}"
  event_pattern = ${typeof of === "string" ? of : `<<-EOT\n${JSON.stringify(of)}\nEOT\n`}
  ${rest}
}
`;

const target = (to = "tampering", address = to) => `
resource "aws_cloudwatch_event_target" "${address}" {
  rule = aws_cloudwatch_event_rule.${to}.name
  arn  = "arn:aws:sns:eu-west-1:444455556666:security"
}
`;

const template = (of: Pattern = pattern(), rest: Pattern = {}) =>
  guardTemplate(
    { Name: "tampering", EventPattern: of, Targets: [{ Id: "a", Arn: "b" }], ...rest },
    "AWS::Events::Rule",
  );

const lost = (what: string, id = RULE) => `fail ${id}: event rule tampering: ${what}`;
const unproven = (id = RULE) =>
  `unknown ${id}: tampering: what held before can no longer be proven`;
const USER = { userIdentity: { userName: ["somebody"] } };

test("a rule that goes no longer reacts, whatever it asked for besides", async () => {
  const [was, gone] = [rule() + target(), lost(`reacted to ${ALL}, is deleted`)];
  expect(await changed(was, null)).toEqual([gone]);
  expect(await changedTemplate(template(), null)).toEqual([gone.replace(RULE, "prod#Guard")]);
  expect(await changed(rule(pattern(USER)), null)).toEqual([gone]);
  expect(await changed(rule(pattern({ eventName: ["StopLogging"] })), null)).toEqual([
    lost("reacted to StopLogging, is deleted"),
  ]);
});

test.each<[string, Pattern, Pattern, string | null]>([
  [
    "a call less",
    pattern(),
    pattern({ eventName: CALLS.slice(1) }),
    "reacted to StopLogging, does not",
  ],
  [
    "another service",
    pattern(),
    pattern({}, { source: ["aws.s3"] }),
    `reacted to ${ALL}, does not`,
  ],
  [
    "another region",
    pattern(),
    pattern({ awsRegion: ["us-east-1"] }),
    `reacted to ${ALL}, does not`,
  ],
  ["any call", pattern(), pattern({ eventName: [{ exists: true }] }), null],
  ["a call more", pattern(USER), pattern({ ...USER, eventName: [...CALLS, "CreateTrail"] }), null],
  ["no user any more", pattern(USER), pattern(), null],
  [
    "the same in another order",
    pattern(),
    { detail: { eventName: [...CALLS].reverse() }, source: ["aws.cloudtrail"] },
    null,
  ],
])("a rule that asks for %s", async (_, before, after, what) => {
  const expected = what === null ? [] : [lost(what)];
  expect(await changed(rule(before) + target(), rule(after) + target())).toEqual(expected);
  expect(await changedTemplate(template(before), template(after))).toEqual(
    expected.map((line) => line.replace(RULE, "prod#Guard")),
  );
});

test("a rule that asks for one user besides may miss others", async () => {
  expect(await changed(rule() + target(), rule(pattern(USER)) + target())).toEqual([unproven()]);
  const other = { userIdentity: { userName: ["somebody else"] } };
  expect(await changed(rule(pattern(USER)), rule(pattern(other)))).toEqual([unproven()]);
});

test.each(['state = "DISABLED"', "is_enabled = false"])("%s disables a rule", async (off) => {
  const disabled = rule(pattern(), { rest: off });
  expect(await changed(rule() + target(), disabled + target())).toEqual([
    lost("was enabled, is disabled"),
  ]);
  expect(await changed(disabled, rule())).toEqual([]);
  expect(await changed(disabled, null)).toEqual([]);
});

test("a template disables a rule by its state, and each condition that may do so counts", async () => {
  expect(await changedTemplate(template(), template(pattern(), { State: "DISABLED" }))).toEqual([
    lost("was enabled, is disabled", "prod#Guard"),
  ]);
  const all = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";
  expect(await changedTemplate(template(), template(pattern(), { State: all }))).toEqual([]);
  const asked = { State: { "Fn::ImportValue": "State" } };
  expect(await changedTemplate(template(), template(pattern(), asked))).toEqual([
    unproven("prod#Guard"),
  ]);
});

describe("the last target of a rule", () => {
  test("that goes leaves it telling nobody", async () => {
    const two = target() + target("tampering", "second");
    expect(await changed(rule() + two, rule())).toEqual([lost("had 2 targets, has none")]);
    expect(await changed(rule() + two, rule() + target())).toEqual([]);
    expect(await changedTemplate(template(), template(pattern(), { Targets: [] }))).toEqual([
      lost("had 1 target, has none", "prod#Guard"),
    ]);
  });

  test("that goes to another rule leaves it telling nobody", async () => {
    const others = rule(pattern({}, { source: ["aws.s3"] }), { address: "s3", name: "s3" });
    expect(
      await changed(rule() + others + target(), rule() + others + target("s3", "tampering")),
    ).toEqual([lost("had 1 target, has none")]);
  });

  test("is out of sight where there was none", async () => {
    expect(await changed(rule(), rule())).toEqual([]);
  });

  test("stays in AWS where Terraform only forgets it", async () => {
    const removed =
      "removed {\n from = aws_cloudwatch_event_target.tampering\n lifecycle {\n destroy = false\n }\n}\n";
    expect(await changed(rule() + target(), rule() + removed)).toEqual([]);
  });
});

describe("a rule elsewhere", () => {
  test("of another name, or on another bus, is another one", async () => {
    expect(await changed(rule(), rule(pattern(), { name: "other" }))).toEqual([
      lost(`reacted to ${ALL}, is deleted and made anew`),
    ]);
    expect(await changed(rule(), rule(pattern(), { rest: 'event_bus_name = "own"' }))).toEqual([
      lost(`reacted to ${ALL}, is deleted and made anew`),
    ]);
    expect(await changed(rule(), rule(pattern(), { rest: 'event_bus_name = "default"' }))).toEqual(
      [],
    );
  });

  test("of the same name at another address is deleted first", async () => {
    const other = rule(pattern(), { address: "other" }) + target("other");
    expect(await changed(rule() + target(), other)).toEqual([
      lost(`reacted to ${ALL}, is deleted and made anew`),
    ]);
  });

  test("that tells of the same is enough, if it surely does", async () => {
    const other = (of?: Pattern) => rule(of, { address: "other", name: "other" });
    expect(await changed(rule() + target(), other() + target("other"))).toEqual([]);
    const [silent, half] = [
      other(),
      other(pattern({ eventName: CALLS.slice(0, 2) })) + target("other"),
    ];
    expect(await changed(rule() + target(), silent)).toEqual([
      lost(`reacted to ${ALL}, is deleted`),
    ]);
    expect(await changed(rule() + target(), half)).toEqual([
      lost("reacted to UpdateTrail, PutEventSelectors, is deleted"),
    ]);
  });

  test("at another address is the same by a `moved` block", async () => {
    const moved =
      "moved {\n from = aws_cloudwatch_event_rule.tampering\n to = aws_cloudwatch_event_rule.other\n}\n";
    const other = rule(pattern(), { address: "other" }) + target("other", "tampering");
    expect(await changed(rule() + target(), other + moved)).toEqual([]);
  });
});

describe("a rule that is about something else", () => {
  test.each<[string, Pattern]>([
    ["another service", { source: ["aws.ec2"] }],
    [
      "the root user",
      {
        "detail-type": ["AWS API Call via CloudTrail"],
        detail: { userIdentity: { type: ["Root"] } },
      },
    ],
    ["calls that start something", pattern({ eventName: ["CreateTrail", "StartLogging"] })],
  ])("as %s, may go", async (_, of) => {
    expect(await changed(rule(of) + target(), null)).toEqual([]);
    expect(await changedTemplate(template(of), null)).toEqual([]);
  });

  test("as the time, may go", async () => {
    const timed = `resource "aws_cloudwatch_event_rule" "timed" {\n name = "cloudtrail"\n schedule_expression = "rate(1 day)"\n}\n`;
    expect(await changed(timed, null)).toEqual([]);
  });
});

describe("a pattern that is not known", () => {
  const open = (name: string, address = "tampering") =>
    `variable "a" {}\nvariable "b" {}\n${rule(`var.${name}`, { address, name: address })}`;

  test("is the same where it is written alike, and may be about anything", async () => {
    expect(await changed(open("a", "other"), open("a", "other"))).toEqual([]);
    expect(await changed(open("a", "other"), null)).toEqual([]);
  });

  test("counts where its rule is named for trails", async () => {
    expect(await changed(open("a", "trail-changes"), open("b", "trail-changes"))).toEqual([
      expect.stringContaining("unknown prod#aws_cloudwatch_event_rule.trail-changes"),
    ]);
    expect(await changed(open("a", "trail-changes"), open("a", "trail-changes"))).toEqual([]);
  });

  test("in part, is known in the rest", async () => {
    const text = (names: string, source = "aws.cloudtrail") =>
      `variable "more" {}\n${rule(
        `jsonencode({ source = ["${source}"], detail = { eventName = [${names}] } })`,
      )}`;
    expect(await changed(text('"StopLogging", var.more'), text('"DeleteTrail", var.more'))).toEqual(
      [unproven()],
    );
    expect(
      await changed(text('"StopLogging", var.more'), text('"StopLogging", var.more, "x"')),
    ).toEqual([]);
    expect(await changed(text("var.more", "aws.s3"), null)).toEqual([]);
  });
});
