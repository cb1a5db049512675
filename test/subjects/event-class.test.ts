import fc from "fast-check";
import { expect, test } from "vitest";
import type { FieldSelector } from "../../src/snapshot/event-selectors.ts";
import { any } from "../../src/snapshot/logic.ts";
import { unknown } from "../../src/snapshot/unknown.ts";
import { recordsEvery, recordsSome } from "../../src/subjects/event-class.ts";
import {
  type EventClass,
  normalised,
  passes,
  type Selector,
} from "../../src/subjects/selectors.ts";
import { shown } from "./a-snapshot.ts";

const PARTITION = { partition: "aws" };
const data = (type: string, readOnly = "false"): EventClass => ({
  eventCategory: "Data",
  "resources.type": type,
  readOnly,
});
const WRITES = data("AWS::S3::Object");
const READS = data("AWS::S3::Object", "true");
const INVOCATIONS = data("AWS::Lambda::Function");
const ITEMS = data("AWS::DynamoDB::Table");
const TOPICS = data("AWS::SNS::Topic");
const DENIED: EventClass = {
  eventCategory: "NetworkActivity",
  eventSource: "s3.amazonaws.com",
  errorCode: "VpceAccessDenied",
};

const every = (event: EventClass, ...selectors: Selector[]) =>
  shown(recordsEvery([{ selectors, counts: true }], event, PARTITION));

const is = (field: string, ...equals: string[]): FieldSelector => ({ field, equals });
const isNot = (field: string, ...notEquals: string[]): FieldSelector => ({ field, notEquals });
const starts = (field: string, ...startsWith: string[]): FieldSelector => ({ field, startsWith });
const startsNot = (field: string, ...values: string[]): FieldSelector => ({
  field,
  notStartsWith: values,
});
const of = (type: string, ...more: FieldSelector[]): Selector => [
  is("eventCategory", "Data"),
  is("resources.type", type),
  ...more,
];
const s3 = (...more: FieldSelector[]) => of("AWS::S3::Object", ...more);
const lambda = (...more: FieldSelector[]) => of("AWS::Lambda::Function", ...more);
const network = (...more: FieldSelector[]): Selector => [
  is("eventCategory", "NetworkActivity"),
  ...more,
];
const ARN = "resources.ARN";
const ROLE = "arn:aws:iam::111111111111:role/deploy";

/** Worked out by hand: whether every event of the class is recorded. */
test.each<[string, EventClass, Selector[], unknown]>([
  ["S3 writes by management events", WRITES, [[is("eventCategory", "Management")]], false],
  ["S3 writes by data events of another type", WRITES, [lambda()], false],
  ["S3 writes by all data events of objects", WRITES, [s3()], true],
  ["S3 writes by writes", WRITES, [s3(is("readOnly", "false"))], true],
  ["S3 writes by reads", WRITES, [s3(is("readOnly", "true"))], false],
  ["S3 reads by all but writes", READS, [s3(isNot("readOnly", "false"))], true],
  ["S3 writes by one bucket", WRITES, [s3(starts(ARN, "arn:aws:s3:::orders/"))], false],
  ["S3 writes by one object", WRITES, [s3(is(ARN, "arn:aws:s3:::orders/1"))], false],
  ["S3 writes by one ending", WRITES, [s3({ field: ARN, endsWith: [".csv"] })], false],
  ["S3 writes by all S3 ARNs", WRITES, [s3(starts(ARN, "arn:aws:s3:::"))], true],
  ["S3 writes by all of the partition", WRITES, [s3(starts(ARN, "arn:aws:"))], true],
  ["S3 writes by all of another partition", WRITES, [s3(starts(ARN, "arn:aws-cn:s3:::"))], false],
  ["S3 writes by all but one bucket", WRITES, [s3(startsNot(ARN, "arn:aws:s3:::orders/"))], false],
  [
    "S3 writes by one bucket and all but it",
    WRITES,
    [s3(startsNot(ARN, "arn:aws:s3:::orders/")), s3(starts(ARN, "arn:aws:s3:::orders/"))],
    true,
  ],
  [
    "S3 writes by a prefix too narrow for what another leaves out",
    WRITES,
    [s3(startsNot(ARN, "arn:aws:s3:::orders/")), s3(starts(ARN, "arn:aws:s3:::orders/2026"))],
    false,
  ],
  ["S3 writes by one call", WRITES, [s3(is("eventName", "PutObject"))], false],
  ["S3 writes by all calls but one", WRITES, [s3(isNot("eventName", "DeleteObject"))], false],
  [
    "S3 writes by all calls but a read",
    WRITES,
    [s3(isNot("eventName", "GetObject"))],
    "?unsupported",
  ],
  [
    "S3 writes by one call and all but it",
    WRITES,
    [s3(is("eventName", "PutObject")), s3(isNot("eventName", "PutObject"))],
    true,
  ],
  [
    "S3 writes by one call, and all but another",
    WRITES,
    [s3(is("eventName", "PutObject")), s3(isNot("eventName", "DeleteObject"))],
    false,
  ],
  [
    "S3 writes by one call of one bucket, and all but that call",
    WRITES,
    [
      s3(is("eventName", "PutObject"), starts(ARN, "arn:aws:s3:::orders/")),
      s3(isNot("eventName", "PutObject")),
    ],
    false,
  ],
  [
    "S3 writes by the service that makes them",
    WRITES,
    [s3(is("eventSource", "s3.amazonaws.com"))],
    "?unsupported",
  ],
  ["S3 writes by another service", WRITES, [s3(is("eventSource", "ec2.amazonaws.com"))], false],
  ["S3 writes by API calls alone", WRITES, [s3(is("eventType", "AwsApiCall"))], false],
  ["S3 writes by all but one identity", WRITES, [s3(isNot("userIdentity.arn", ROLE))], false],
  ["S3 writes by one identity", WRITES, [s3(is("userIdentity.arn", ROLE))], false],
  [
    "S3 writes by console sessions and all others",
    WRITES,
    [
      s3(is("sessionCredentialFromConsole", "true")),
      s3(isNot("sessionCredentialFromConsole", "true")),
    ],
    true,
  ],
  [
    "S3 writes by all but console sessions",
    WRITES,
    [s3(isNot("sessionCredentialFromConsole", "true"))],
    false,
  ],
  ["S3 writes by a field of tomorrow", WRITES, [s3(is("aFieldOfTomorrow", "x"))], "?unsupported"],
  [
    "S3 writes by a field of tomorrow without a condition",
    WRITES,
    [s3({ field: "aFieldOfTomorrow" })],
    "?unsupported",
  ],
  [
    "S3 writes by an operator of tomorrow",
    WRITES,
    [s3({ field: ARN, unsupported: ["Like"] })],
    "?unsupported",
  ],
  [
    "S3 writes by a field of tomorrow, and whole",
    WRITES,
    [s3(is("aFieldOfTomorrow", "x")), s3()],
    true,
  ],
  ["Lambda by every function", INVOCATIONS, [lambda()], true],
  ["Lambda by every ARN of Lambda", INVOCATIONS, [lambda(starts(ARN, "arn:aws:lambda"))], true],
  [
    "Lambda by one function",
    INVOCATIONS,
    [lambda(is(ARN, "arn:aws:lambda:eu-west-1:111111111111:function:pay"))],
    false,
  ],
  [
    "Lambda by the functions of one account, which may be all",
    INVOCATIONS,
    [lambda(starts(ARN, "arn:aws:lambda:eu-west-1:111111111111:function:"))],
    "?unsupported",
  ],
  [
    "Lambda by one call to the functions of one account",
    INVOCATIONS,
    [
      lambda(
        starts(ARN, "arn:aws:lambda:eu-west-1:111111111111:function:"),
        isNot("userIdentity.arn", ROLE),
      ),
    ],
    false,
  ],
  ["DynamoDB by every table", ITEMS, [of("AWS::DynamoDB::Table")], true],
  ["DynamoDB by streams", ITEMS, [of("AWS::DynamoDB::Stream")], false],
  [
    "DynamoDB by one table",
    ITEMS,
    [of("AWS::DynamoDB::Table", is(ARN, "arn:aws:dynamodb:eu-west-1:1:table/orders"))],
    false,
  ],
  ["another type by its name", TOPICS, [of("AWS::SNS::Topic")], true],
  [
    "another type by ARNs that may be all",
    TOPICS,
    [of("AWS::SNS::Topic", starts(ARN, "arn:aws:sns:"))],
    "?unsupported",
  ],
  [
    "another type by one resource",
    TOPICS,
    [of("AWS::SNS::Topic", is(ARN, "arn:aws:sns:eu-west-1:1:a"))],
    false,
  ],
  ["refused calls by their source", DENIED, [network(is("eventSource", "s3.amazonaws.com"))], true],
  [
    "refused calls by another source",
    DENIED,
    [network(is("eventSource", "kms.amazonaws.com"))],
    false,
  ],
  [
    "refused calls by their error",
    DENIED,
    [network(is("eventSource", "s3.amazonaws.com"), is("errorCode", "VpceAccessDenied"))],
    true,
  ],
  [
    "refused calls by another error",
    DENIED,
    [network(is("eventSource", "s3.amazonaws.com"), is("errorCode", "AnotherError"))],
    false,
  ],
  [
    "refused calls by one endpoint",
    DENIED,
    [network(is("eventSource", "s3.amazonaws.com"), is("vpcEndpointId", "vpce-1"))],
    false,
  ],
  [
    "refused calls by one call",
    DENIED,
    [network(is("eventSource", "s3.amazonaws.com"), is("eventName", "GetObject"))],
    false,
  ],
  ["refused calls by data events", DENIED, [s3()], false],
  ["aggregated events by data events", { eventCategory: "Aggregated" }, [s3()], false],
])("recorded in full: %s", (_, event, selectors, expected) => {
  expect(every(event, ...selectors)).toBe(expected);
});

const basic = (type: string, values: string[], readWriteType = "All") =>
  normalised({
    basic: [
      {
        readWriteType,
        includeManagementEvents: true,
        excludeManagementEventSources: [],
        dataResources: [{ type, values }],
      },
    ],
    advanced: [],
  });

test.each<[string, string, string, EventClass, unknown]>([
  ["aws", "AWS::S3::Object", "arn:aws:s3", WRITES, true],
  ["aws", "AWS::S3::Object", "arn:aws:s3:::", WRITES, true],
  ["aws-us-gov", "AWS::S3::Object", "arn:aws-us-gov:s3:::", WRITES, true],
  ["aws-cn", "AWS::S3::Object", "arn:aws-cn:s3", WRITES, true],
  ["aws-cn", "AWS::S3::Object", "arn:aws:s3", WRITES, false],
  ["aws", "AWS::S3::Object", "arn:aws:s3:::orders/", WRITES, false],
  ["aws", "AWS::Lambda::Function", "arn:aws:lambda", INVOCATIONS, true],
  ["aws-us-gov", "AWS::Lambda::Function", "arn:aws-us-gov:lambda", INVOCATIONS, true],
  ["aws", "AWS::Lambda::Function", "arn:aws:lambda:eu-west-1:1:function:pay", INVOCATIONS, false],
  ["aws", "AWS::DynamoDB::Table", "arn:aws:dynamodb", ITEMS, true],
  ["aws", "AWS::DynamoDB::Table", "arn:aws:dynamodb:eu-west-1:1:table/orders", ITEMS, false],
])("in %s a basic selector of %s %s", (partition, type, value, event, expected) => {
  const recorder = { selectors: basic(type, [value]), counts: true };
  expect(recordsEvery([recorder], event, { partition })).toBe(expected);
  const reading = { selectors: basic(type, [value], "ReadOnly"), counts: true };
  expect(recordsEvery([reading], event, { partition })).toBe(false);
});

test("a trail of which it is not known whether it works decides only what others do not record", () => {
  const maybe = { selectors: [s3()], counts: unknown("access-denied") };
  const half = { selectors: [s3(isNot("eventName", "PutObject"))], counts: true };
  const rest = { selectors: [s3(is("eventName", "PutObject"))], counts: true };
  expect(shown(recordsEvery([maybe, half], WRITES, PARTITION))).toBe("?access-denied");
  expect(recordsEvery([maybe, half, rest], WRITES, PARTITION)).toBe(true);
  expect(recordsEvery([{ ...maybe, counts: false }, half], WRITES, PARTITION)).toBe(false);
});

test("more values than can be worked out leave the answer open", () => {
  const many = Array.from({ length: 3000 }, (_, index) => `arn:aws:s3:::b${index}/`);
  const ends = many.map((each) => `${each}.gz`);
  const selector = s3({ field: ARN, notStartsWith: many, notEndsWith: ends });
  expect(every(WRITES, selector)).toBe("?unsupported");
});

test("a selector that lets one call through records some, and not every one", () => {
  const one = [[is("eventCategory", "Management"), is("eventName", "StopLogging")]];
  const event = { eventCategory: "Management" };
  expect(recordsSome(one, event, PARTITION)).toBe(true);
  expect(every(event, ...one)).toBe(false);
  expect(recordsSome([s3()], event, PARTITION)).toBe(false);
  const never = [[...(one[0] ?? []), isNot("eventName", "StopLogging")]];
  expect(recordsSome(never, event, PARTITION)).toBe(false);
});

const value = fc.constantFrom("a", "ab", "abc", "b", "bc", "c");
const condition = fc.record(
  {
    equals: fc.array(value, { maxLength: 2 }),
    startsWith: fc.array(value, { maxLength: 2 }),
    endsWith: fc.array(value, { maxLength: 2 }),
    notEquals: fc.array(value, { maxLength: 2 }),
    notStartsWith: fc.array(value, { maxLength: 1 }),
    notEndsWith: fc.array(value, { maxLength: 1 }),
  },
  { requiredKeys: [] },
);
const FIELDS = ["vpcEndpointId", "userIdentity.arn"] as const;
const field = fc
  .tuple(fc.constantFrom(...FIELDS), condition)
  .map(([name, conditions]): FieldSelector => ({ field: name, ...conditions }));
const selector = fc
  .array(field, { maxLength: 3 })
  .map((fields): Selector => [is("eventCategory", "Data"), ...fields]);
const selectors = fc.array(selector, { maxLength: 4 });
const words = ["", "a", "ab", "abc", "abb", "b", "bc", "bbc", "c", "cab", "abxbc", "x", "xc", "ax"];
const events = words.flatMap((one) =>
  words.map((other) => ({ eventCategory: "Data", [FIELDS[0]]: one, [FIELDS[1]]: other })),
);
const CLASS = { eventCategory: "Data" };

test("recorded in full is just what lets every event through, tried one by one", () => {
  fc.assert(
    fc.property(selectors, (all) => {
      const answer = recordsEvery([{ selectors: all, counts: true }], CLASS, PARTITION);
      const lost = events.find((event) => any(all, (each) => passes(each, event)) === false);
      if (lost !== undefined) expect(answer, JSON.stringify(lost)).toBe(false);
      else if (answer === false) {
        // An event that the words above do not spell; what is recorded in part is never whole.
        expect(all.every((each) => each.some(({ field }) => field !== "eventCategory"))).toBe(true);
      }
    }),
    { numRuns: 500, seed: 5 },
  );
});

test("one selector more never loses an event, and the union is at least each of its parts", () => {
  fc.assert(
    fc.property(selectors, selector, (all, more) => {
      const ask = (some: Selector[]) =>
        recordsEvery([{ selectors: some, counts: true }], CLASS, PARTITION);
      const apart = recordsEvery(
        [
          { selectors: all, counts: true },
          { selectors: [more], counts: true },
        ],
        CLASS,
        PARTITION,
      );
      const union = ask([...all, more]);
      expect(apart).toEqual(union);
      if (ask(all) === true || ask([more]) === true) expect(union).toBe(true);
    }),
    { numRuns: 300, seed: 6 },
  );
});

test("a field or an operator that nobody knows never makes anything recorded", () => {
  const strange = fc.constantFrom<FieldSelector>(
    { field: "tomorrow", equals: ["a"] },
    { field: "__proto__", equals: ["a"] },
    { field: "vpcEndpointId", unsupported: ["Like"] },
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(selector, strange), { minLength: 1, maxLength: 4 }), (all) => {
      const made = all.map(([each, odd]) => [...each, odd]);
      expect(recordsEvery([{ selectors: made, counts: true }], CLASS, PARTITION)).not.toBe(true);
    }),
    { numRuns: 300, seed: 8 },
  );
});
