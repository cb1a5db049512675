import { expect, test } from "vitest";
import { gate, sources } from "./gate.ts";

const STORE = `resource "aws_cloudtrail_event_data_store" "lake" {
  name                 = "lake"
  organization_enabled = true
  retention_period     = 2557
  suspend              = false
}
`;
const edited = (from: string, to: string): string => {
  if (!STORE.includes(from)) throw new Error(`the store has no ${from}`);
  return STORE.replace(from, to);
};

/** What a change of the store takes away, with the place where it is told. */
async function told(after: string, before = STORE) {
  const { findings } = await gate(sources({ prod: [before, after] }));
  return findings
    .filter(({ policy, standing }) => policy.startsWith("change-") && standing === "regression")
    .map(({ verdict, policy, message }) => `${verdict} ${policy}: ${message}`);
}

const READ_ONLY = `advanced_event_selector {
    field_selector {
      field  = "eventCategory"
      equals = ["Management"]
    }
    field_selector {
      field  = "readOnly"
      equals = ["true"]
    }
  }`;
const SUSPENDED = "suspend              = false";

test.each([
  ["stops taking in events", edited(SUSPENDED, "suspend = true"), "ingestion: was on, is off"],
  [
    "leaves regions out",
    edited(SUSPENDED, "multi_region_enabled = false"),
    "multi-region: was on, is off",
  ],
  [
    "leaves the organization's accounts out",
    edited("organization_enabled = true", "organization_enabled = false"),
    "organization event data store: was on, is off",
  ],
  [
    "leaves events out",
    edited(SUSPENDED, READ_ONLY),
    "management events: were recorded, are not all recorded",
  ],
])("an event data store that %s records less", async (_, after, what) => {
  expect(await told(after)).toEqual([
    `fail change-keeps-trail-recording: After the change the event-data-store lake records less: ${what}`,
  ]);
});

test("an event data store that keeps events for days keeps less, and for more than a year is its owner's choice", async () => {
  expect(await told(edited("2557", "30"))).toEqual([
    "fail change-keeps-log-protection: The change takes away what trails need: retention of lake: was 2557 days, is 30",
  ]);
  expect(await told(edited("2557", "365"))).toEqual([]);
  expect(await told(edited("2557", "30"), edited("2557", "7"))).toEqual([]);
});

test("an event data store that gets a tag, or takes in events again, loses nothing", async () => {
  expect(await told(edited(SUSPENDED, 'tags = { owner = "security" }'))).toEqual([]);
  expect(await told(STORE, edited(SUSPENDED, "suspend = true"))).toEqual([]);
});

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd";
const STRANGERS = "arn:aws:kms:eu-west-1:999999999999:key/1234abcd";
const keyed = (key: string) => edited(SUSPENDED, `kms_key_id = "${key}"`);

test.each([
  [
    "can be deleted by one call",
    STORE,
    edited(SUSPENDED, "termination_protection_enabled = false"),
    "termination protection of lake: was on, is off",
  ],
  ["has no key any more", keyed(KEY), STORE, `KMS key of lake: was ${KEY}, is a key of AWS`],
  [
    "gets a stranger's key",
    keyed(KEY),
    keyed(STRANGERS),
    `KMS key of lake: was ${KEY}, is a stranger's: ${STRANGERS}`,
  ],
])(
  "an event data store that %s guards its events less, in one alert",
  async (_, was, now, what) => {
    const { findings } = await gate(sources({ prod: [was, now] }));
    const broken = findings.filter(({ standing }) => standing === "regression");
    expect(broken.map(({ message }) => message)).toEqual([
      `The change takes away what trails need: ${what}`,
    ]);
  },
);

test("an event data store that gets a key, or keeps one of its account, loses nothing", async () => {
  expect(await told(keyed(KEY))).toEqual([]);
  expect(await told(keyed(KEY.replace("1234abcd", "other")), keyed(KEY))).toEqual([]);
  const priced = 'suspend = false\n  billing_mode = "FIXED_RETENTION_PRICING"';
  expect(await told(STORE, edited(SUSPENDED, priced))).toEqual([]);
});
