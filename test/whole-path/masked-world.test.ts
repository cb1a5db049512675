import fc from "fast-check";
import { expect, test } from "vitest";
import type { Audit } from "../../src/evaluate/audit.ts";
import type { SubjectVerdict } from "../../src/evaluate/verdict.ts";
import type { ScanOptions } from "../../src/options.ts";
import type { OrganizationWorld } from "../../src/simulate/world.ts";
import { judged, keyOf } from "./judged.ts";
import { masks, worlds } from "./random-worlds.ts";

/** More for a long hunt: `MASKED_WORLDS=500 SEED=1 npx vitest run test/whole-path/masked-world.test.ts`. */
const numRuns = Number(process.env.MASKED_WORLDS ?? 25);
const seed = Number(process.env.SEED ?? 20261101);

type Run = { verdicts: readonly SubjectVerdict[] };

/** What the masked run says that the full one does not bear out. */
function contradictions({ verdicts: full }: Run, { verdicts: masked }: Run): string[] {
  const truth = new Map(full.map((each) => [keyOf(each), each]));
  return masked.flatMap((each) => {
    const before = truth.get(keyOf(each));
    const told = before?.verdict;
    // A failing verdict set aside as one of an additional trail's gates nothing.
    if (each.additional && before?.verdict === "fail" && !before.additional) {
      return [`${keyOf(each)}: set aside, in truth not`];
    }
    const says = `${keyOf(each)}: ${each.verdict}, in truth ${told ?? "not asked"}`;
    if (each.verdict === "unknown" || told === each.verdict || told === "unknown") return [];
    // Of a subject that the policy turns out not to be about, only a pass is no lie.
    return told === undefined && each.verdict === "pass" && !isPlaceholder(each) ? [] : [says];
  });
}

const isPlaceholder = ({ subject: { id } }: SubjectVerdict) => id.endsWith("/*");

/** Verdicts of the full run that the masked one neither gives nor stands for by an unknown. */
function lost(
  world: OrganizationWorld,
  { verdicts: full }: Run,
  { verdicts: masked }: Run,
): string[] {
  const given = new Set(masked.map(keyOf));
  const standIns = new Set(
    masked
      .filter((each) => each.verdict === "unknown" && isPlaceholder(each))
      .map(({ policy, subject: { kind, id } }) => `${policy} ${kind} ${id}`),
  );
  return full
    .filter((each) => !given.has(keyOf(each)) && !isBeingEnabled(world, each))
    .filter(({ policy, subject }) =>
      placesOf(world, subject).every((id) => !standIns.has(`${policy} ${subject.kind} ${id}`)),
    )
    .map(keyOf);
}

/** EC2, asked where account:ListRegions fails, does not tell of a region that is not enabled yet. */
function isBeingEnabled({ accounts }: OrganizationWorld, { subject, verdict }: SubjectVerdict) {
  const states = accounts.find(({ id }) => id === subject.account)?.regions ?? {};
  return verdict === "unknown" && states[subject.region ?? ""] === "ENABLING";
}

/** Where the placeholder for a subject may stand: what trails use, with the trails that use it. */
function placesOf(
  world: OrganizationWorld,
  { kind, id, account, region }: SubjectVerdict["subject"],
) {
  if (kind !== "bucket" && kind !== "key" && kind !== "log-group") {
    return [`${account}/*`, `${account}/${region}/*`];
  }
  const users = (world.trails ?? []).filter(
    ({ s3BucketName, kmsKeyId, cloudWatchLogsLogGroupArn }) =>
      [`arn:aws:s3:::${s3BucketName}`, kmsKeyId, cloudWatchLogsLogGroupArn].some(
        (arn) => arn?.replace(/:\*$/, "") === id.replace(/:\*$/, ""),
      ),
  );
  return users.map((trail) => `${trail.account}/*`);
}

type Rolled = { report: { audit: Pick<Audit, "frameworks"> } };

/** Each control of each account that the masked run supports and the full one does not. */
function overstated(full: Rolled, masked: Rolled): string[] {
  const truth = new Map(rows(full).map(({ key, state }) => [key, state]));
  return rows(masked)
    .filter(({ key, state }) => state.endsWith("supported") && AGAINST.has(truth.get(key) ?? ""))
    .map(({ key, state }) => `${key}: ${state}, in truth ${truth.get(key)}`);
}

const AGAINST = new Set<string>(["contradicted", "incomplete"]);

const rows = ({ report }: Rolled) =>
  report.audit.frameworks.flatMap(({ id: framework, controls }) =>
    controls.flatMap(({ id: control, accounts }) =>
      accounts.map(({ id, state }) => ({ key: `${framework} ${control} ${id}`, state })),
    ),
  );

const GATES = { failOn: "info", unknownFailsAt: "info" } as const;

test.for([{ isUniform: false }, { isUniform: true }])(
  "whatever calls fail, a verdict still given is the true one, and none is lost (uniform: $isUniform)",
  { timeout: 3_600_000 },
  async ({ isUniform }) => {
    await fc.assert(
      fc.asyncProperty(worlds(isUniform), masks(isUniform), async (world, faults) => {
        const full = await judged(world, GATES);
        const masked = await judged({ ...world, faults }, GATES);
        expect(contradictions(full, masked)).toEqual([]);
        expect(lost(world, full, masked)).toEqual([]);
        expect(overstated(full, masked)).toEqual([]);
        if (!isUniform && full.exitCode === 1) expect(masked.exitCode).not.toBe(0);
      }),
      { numRuns, seed },
    );
  },
);

/** Ways to ask for a part of an organization only. */
const narrowings = fc.constantFrom<{ what: Partial<ScanOptions>; entry?: string }>(
  { what: { excludeAccounts: ["222222222222"] } },
  { what: { excludeAccounts: ["333333333333"] } },
  { what: { accounts: ["222222222222"] } },
  { what: { regions: ["us-east-1"] } },
  { what: { regions: ["eu-west-1"] } },
  { what: { organization: false } },
  { what: { organization: false }, entry: "222222222222" },
  { what: { organization: false, regions: ["eu-west-1"] }, entry: "222222222222" },
);

// Uniform: a multi-region trail is shown by every region, so one region proves that there is none.
test("a part of an organization is judged as it is in the whole", {
  timeout: 3_600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(worlds(true), narrowings, async (world, { what, entry }) => {
      fc.pre(world.accounts.some(({ id }) => id === (entry ?? "222222222222")));
      fc.pre(
        !what.excludeAccounts || world.accounts.some(({ id }) => id === what.excludeAccounts?.[0]),
      );
      const full = await judged(world, GATES);
      const part = await judged(world, { ...GATES, ...what }, entry === undefined ? {} : { entry });
      expect(contradictions(full, part)).toEqual([]);
    }),
    { numRuns: Math.ceil(numRuns / 2), seed },
  );
});
