import { expect, test } from "vitest";
import type { AdvancedEventSelector, Trail } from "../../src/simulate/schema/trails.ts";
import { worldFile } from "../simulate/world-files.ts";
import { judged } from "../whole-path/judged.ts";
import { account } from "./worlds.ts";

type Field = AdvancedEventSelector["fieldSelectors"][number];
const management: Field = { field: "eventCategory", equals: ["Management"] };
const advanced = (...selectors: Field[][]): Partial<Trail> => ({
  advancedEventSelectors: selectors.map((fieldSelectors) => ({ fieldSelectors })),
});

/** Worked out by hand: are reads and writes recorded, and is no source left out? null: not asked. */
const SELECTORS: {
  says: string;
  trail: Partial<Trail>;
  readWrite: string | null;
  whole: string | null;
}[] = [
  { says: "no selector at all", trail: {}, readWrite: "pass", whole: "pass" },
  {
    says: "basic All",
    trail: { eventSelectors: [{ readWriteType: "All" }] },
    readWrite: "pass",
    whole: "pass",
  },
  {
    says: "basic ReadOnly",
    trail: { eventSelectors: [{ readWriteType: "ReadOnly" }] },
    readWrite: "fail",
    whole: "pass",
  },
  {
    says: "basic without KMS",
    trail: { eventSelectors: [{ excludeManagementEventSources: ["kms.amazonaws.com"] }] },
    readWrite: "pass",
    whole: "fail",
  },
  { says: "advanced management", trail: advanced([management]), readWrite: "pass", whole: "pass" },
  {
    says: "readOnly notEquals true",
    trail: advanced([management, { field: "readOnly", notEquals: ["true"] }]),
    readWrite: "fail",
    whole: "pass",
  },
  {
    says: "eventSource notEquals kms",
    trail: advanced([management, { field: "eventSource", notEquals: ["kms.amazonaws.com"] }]),
    readWrite: "pass",
    whole: "fail",
  },
  {
    says: "two selectors whose union covers all",
    trail: advanced(
      [management, { field: "readOnly", equals: ["true"] }],
      [management, { field: "readOnly", equals: ["false"] }],
    ),
    readWrite: "pass",
    whole: "pass",
  },
  {
    says: "two selectors, the second without KMS writes",
    trail: advanced(
      [management, { field: "readOnly", equals: ["true"] }],
      [
        management,
        { field: "readOnly", equals: ["false"] },
        { field: "eventSource", notEquals: ["kms.amazonaws.com"] },
      ],
    ),
    readWrite: "pass",
    whole: "fail",
  },
  {
    says: "data events alone",
    trail: advanced([
      { field: "eventCategory", equals: ["Data"] },
      { field: "resources.type", equals: ["AWS::S3::Object"] },
    ]),
    readWrite: null,
    whole: null,
  },
  {
    says: "a field that nobody knows yet",
    trail: advanced([management, { field: "fieldOfTomorrow", equals: ["x"] }]),
    readWrite: "unknown",
    whole: "unknown",
  },
];

test.for(SELECTORS)(
  "$says: read and write $readWrite, every source $whole",
  async ({ trail, readWrite, whole }) => {
    const run = await judged(account([{ ...trail, name: "subject" }]), { organization: false });
    expect(run.of("trail-management-events-read-write").subject ?? null).toBe(readWrite);
    expect(run.of("trail-management-events-not-excluded").subject ?? null).toBe(whole);
  },
);

test("basic and advanced selectors that ask the same are judged the same", async () => {
  const world = worldFile("selectors-of-both-kinds");
  const alone = async (name: string) => {
    const trails = (world.trails ?? []).filter((trail) => trail.name === name);
    const run = await judged({ ...world, trails }, { organization: false });
    return ["read-write", "not-excluded"].map(
      (claim) => run.of(`trail-management-events-${claim}`)[name],
    );
  };
  expect(await alone("basic-all")).toEqual(["pass", "pass"]);
  expect(await alone("advanced-all")).toEqual(["pass", "pass"]);
  expect(await alone("advanced-union-covers-all")).toEqual(["pass", "pass"]);
  expect(await alone("advanced-not-read-only")).toEqual(["fail", "pass"]);
  expect(await alone("advanced-without-kms")).toEqual(["pass", "fail"]);
});

test("trails that leave out what others record are whole together", async () => {
  const run = await judged("selectors-of-both-kinds", { organization: false });
  expect(run.of("trail-management-events-read-write")["advanced-not-read-only"]).toBe("pass");
});
