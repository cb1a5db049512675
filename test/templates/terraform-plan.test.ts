import { describe, expect, test } from "vitest";
import { unknown } from "../../src/snapshot/unknown.ts";
import { aBlock, aChange, afterwards, aPlan, type Loose, read, refersTo } from "./plan/a-plan.ts";

const LATER = unknown("known-after-apply");
const SENSITIVE = unknown("unresolved", { detail: "marked as sensitive" });
const TRAIL = "aws_cloudtrail.main";

describe("values", () => {
  test("a literal stays, what is known only after apply is marked, in lists and blocks too", () => {
    const change = aChange(TRAIL, {
      after: { name: "audit", kms_key_id: null, event_selector: [{ type: "All" }], tags: [null] },
      after_unknown: { arn: true, event_selector: [{ values: true }], tags: [true], insight: true },
    });
    expect(afterwards(read(aPlan([change])), TRAIL).values).toEqual({
      name: "audit",
      kms_key_id: null,
      event_selector: [{ type: "All", values: LATER }],
      tags: [LATER],
      arn: LATER,
      insight: LATER,
    });
  });

  test("a tag that poses as a marker is escaped, and __proto__ is a key like others", () => {
    const after = JSON.parse('{"tags":{"$unknown":{"reason":"timeout"},"__proto__":{"a":1}}}');
    const { values } = afterwards(read(aPlan([aChange(TRAIL, { after })])), TRAIL);
    expect(JSON.stringify(values)).toBe(
      '{"tags":{"$$unknown":{"reason":"timeout"},"__proto__":{"a":1}}}',
    );
    const marked = { after, after_unknown: { tags: { x: true } } };
    const beside = afterwards(read(aPlan([aChange(TRAIL, marked)])), TRAIL).values;
    expect(JSON.stringify(beside)).toContain(
      '"$$unknown":{"reason":"timeout"},"__proto__":{"a":1}',
    );
  });

  test("sensitive texts and numbers are nowhere in what is read, flags and absence are", () => {
    const secret = {
      name: "s3cr3t",
      kms_key_id: null,
      enable_logging: false,
      days: 4711,
      tags: {},
    };
    const marks = { name: true, kms_key_id: true, enable_logging: true, days: true, tags: true };
    const input = read(
      aPlan([
        aChange(TRAIL, {
          actions: ["update"],
          before: secret,
          after: secret,
          before_sensitive: marks,
          after_sensitive: marks,
        }),
      ]),
    );
    expect(afterwards(input, TRAIL).values).toEqual({
      name: SENSITIVE,
      kms_key_id: null,
      enable_logging: false,
      days: SENSITIVE,
      tags: {},
    });
    expect(JSON.stringify(input)).not.toMatch(/s3cr3t|4711/);
  });

  test("of what is sensitive as a whole nothing within is told", () => {
    const after = { tags: { a: "s3cr3t" }, list: ["s3cr3t"] };
    const change = aChange(TRAIL, { after, after_sensitive: { tags: true, list: true } });
    expect(afterwards(read(aPlan([change])), TRAIL).values).toEqual({
      tags: { a: SENSITIVE },
      list: [SENSITIVE],
    });
  });

  test("a sensitive text that names a resource of the plan is told as a reference to it", () => {
    const input = read(
      aPlan(
        [
          aChange("aws_kms_key.k", { actions: ["no-op"], before: {}, after: {} }),
          aChange(TRAIL, {
            after: { kms_key_id: "s3cr3t" },
            after_sensitive: { kms_key_id: true },
          }),
        ],
        {
          configuration: {
            root_module: {
              resources: [
                aBlock(TRAIL, { kms_key_id: refersTo("aws_kms_key.k.arn", "aws_kms_key.k") }),
              ],
            },
          },
        },
      ),
    );
    expect(afterwards(input, TRAIL).values["kms_key_id"]).toEqual({
      $reference: { address: "aws_kms_key.k", attribute: "arn" },
    });
  });
});

describe("actions", () => {
  const CASES: [string[], string | null, number, number][] = [
    [["no-op"], "no-op", 1, 1],
    [["create"], "create", 0, 1],
    [["update"], "update", 1, 1],
    [["delete"], "delete", 1, 0],
    [["forget"], "forget", 1, 0],
    [["delete", "create"], "replace", 1, 1],
    [["create", "delete"], "replace", 1, 1],
    [["create", "forget"], "create", 1, 1],
    [["read"], null, 0, 0],
  ];
  test.for(CASES)("%j is %s: %i before, %i after", ([actions, action, before, after]) => {
    const change = {
      actions,
      before: before === 1 ? { name: "a" } : null,
      after: after === 1 ? { name: "a" } : null,
    };
    const input = read(aPlan([aChange(TRAIL, change)]));
    expect(input.changes.map((each) => each.action)).toEqual(action === null ? [] : [action]);
    expect(input.before?.resources).toHaveLength(before);
    expect(input.after[0].resources).toHaveLength(after);
  });

  test("what a plan leaves as it is is one object, and where that is all, so is the state", () => {
    const before = { name: "a", tags: { a: "b" } };
    const still = aChange(TRAIL, { actions: ["no-op"], before, after: before });
    const input = read(aPlan([still]));
    expect(input.after).toEqual([input.before]);
    expect(input.after[0]).toBe(input.before);
    const more = read(aPlan([still, aChange("aws_s3_bucket.new", { after: { bucket: "b" } })]));
    expect(more.after[0]).not.toBe(more.before);
    expect(more.after[0].resources[0]).toBe(more.before?.resources[0]);
  });

  const TOUCHED: [string, Loose, Loose][] = [
    ["an attribute differs", { after: { name: "b" } }, {}],
    ["an attribute is known only after apply", { after_unknown: { arn: true } }, {}],
    ["an attribute was secret", { before_sensitive: { name: true } }, {}],
    ["an attribute becomes secret", { after_sensitive: { name: true } }, {}],
    ["it is made anew", { actions: ["delete", "create"] }, {}],
    ["nobody knows what is done", { actions: ["conjure"] }, {}],
    ["it moves", {}, { previous_address: "aws_cloudtrail.old" }],
  ];
  test.for(TOUCHED)("a resource is another one after the change where %s", ([, part, beside]) => {
    const change = { actions: ["update"], before: { name: "a" }, after: { name: "a" }, ...part };
    const input = read(aPlan([aChange(TRAIL, change, beside)]));
    expect(input.after[0]).not.toBe(input.before);
    expect(input.after[0].resources[0]).not.toBe(input.before?.resources[0]);
  });

  test("an action that nobody knows leaves open whether there is the resource", () => {
    const input = read(aPlan([aChange(TRAIL, { actions: ["conjure"] })]));
    expect(afterwards(input, TRAIL).presence).toHaveProperty("$unknown.reason", "unsupported");
    expect(input.changes).toEqual([]);
  });

  test("a moved trail has its old address before, its new one after, and both in the change", () => {
    const moved = { actions: ["no-op"], before: { name: "a" }, after: { name: "a" } };
    const input = read(
      aPlan([aChange("module.a.aws_cloudtrail.main", moved, { previous_address: TRAIL })]),
    );
    expect(input.before?.resources.map((each) => each.address)).toEqual([TRAIL]);
    expect(afterwards(input, "module.a.aws_cloudtrail.main").values).toEqual({ name: "a" });
    expect(input.changes).toEqual([
      { address: "module.a.aws_cloudtrail.main", previousAddress: TRAIL, action: "no-op" },
    ]);
    expect(input.before?.open).toBeNull();
  });

  test("what is left of an object that was replaced is no resource", () => {
    const left = aChange(
      TRAIL,
      { actions: ["delete"], before: {}, after: null },
      { deposed: "ab" },
    );
    expect(read(aPlan([left])).changes).toEqual([]);
  });

  test("resources of other types are counted, not kept", () => {
    const input = read(aPlan([aChange("aws_instance.a"), aChange("aws_instance.b")]));
    expect(input.after[0]).toEqual({ assuming: null, resources: [], open: null });
    expect(input.notes.join()).toContain("2 resources of types that do not matter");
  });
});

describe("what a plan leaves open", () => {
  const PRIOR: Loose = {
    prior_state: {
      values: {
        root_module: {
          child_modules: [
            {
              resources: [
                {
                  address: "module.m.aws_cloudtrail.old",
                  type: "aws_cloudtrail",
                  values: { name: "old" },
                },
              ],
            },
          ],
        },
      },
    },
  };
  const DEFERRED = aChange(TRAIL, {
    actions: ["update"],
    before: { name: "a" },
    after: { name: "b" },
  });
  test.for<[string, Loose, Loose[]]>([
    ["it failed", { errored: true }, []],
    ["it says that it is not complete", { complete: false }, []],
    ["changes are put off", { deferred_changes: [{ reason: "x", resource_change: DEFERRED }] }, []],
    ["its state has more than it speaks of", PRIOR, []],
    ["a count is not known", {}, [aChange("aws_cloudtrail.a", {}, { index_unknown: true })]],
    ["a resource is wholly unknown", {}, [aChange(TRAIL, { after_unknown: true })]],
    ["a trail is another provider's", {}, [aChange(TRAIL, {}, { provider_name: "x.io/me/other" })]],
    ["an address cannot be read", {}, [aChange(TRAIL, {}, { address: "aws_cloudtrail[" })]],
  ])("where %s there may be more resources, before and after", ([, beside, changes]) => {
    const input = read(aPlan(changes, beside));
    expect(input.after[0].open).toHaveProperty("$unknown");
    expect(input.before?.open).toEqual(input.after[0].open);
    expect(input.notes).not.toEqual([]);
  });

  test("a deferred change keeps what was, and whether it will be is not known", () => {
    const input = read(aPlan([], { deferred_changes: [{ resource_change: DEFERRED }] }));
    expect(input.before?.resources[0]?.values).toEqual({ name: "a" });
    expect(afterwards(input, TRAIL).presence).toHaveProperty(
      "$unknown.reason",
      "known-after-apply",
    );
  });

  test("a plan limited to some resources leaves the others as its state has them", () => {
    const input = read(aPlan([], PRIOR));
    expect(afterwards(input, "module.m.aws_cloudtrail.old").values).toEqual({ name: "old" });
    expect(input.changes).toEqual([
      { address: "module.m.aws_cloudtrail.old", previousAddress: null, action: "no-op" },
    ]);
  });

  test("drift and imports are told", () => {
    const imported = { actions: ["no-op"], before: {}, after: {}, importing: { id: "x" } };
    const { notes } = read(
      aPlan([aChange(TRAIL, imported)], { resource_drift: [aChange("aws_s3_bucket.b")] }),
    );
    expect(notes.join()).toMatch(/Changed by others.*aws_s3_bucket\.b.*Imported.*aws_cloudtrail/);
  });
});
