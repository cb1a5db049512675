import { expect, test } from "vitest";
import { judged } from "../whole-path/judged.ts";

/** Verdicts on one trail's copies, which in this world are the same in both regions. */
async function states() {
  const run = await judged("delivery-states", { organization: false });
  const at = (policy: string, trail: string) => [
    ...new Set(
      Object.entries(run.of(policy))
        .filter(([place]) => place.startsWith(`${trail}@`))
        .map(([, verdict]) => verdict),
    ),
  ];
  return (trail: string) => ({
    logging: at("trail-is-logging", trail),
    s3: at("trail-s3-delivery-working", trail),
    digest: at("trail-digest-delivery-recent", trail),
  });
}

test.for([
  { trail: "bucket-missing", s3: "fail", digest: "pass" },
  { trail: "quiet-for-25-hours", s3: "pass", digest: "pass" },
  { trail: "digest-error", s3: "pass", digest: "fail" },
  { trail: "started-five-minutes-ago", s3: "pass", digest: "unknown" },
])("$trail: logging, delivery to S3 $s3, digests $digest", async ({ trail, s3, digest }) => {
  expect((await states())(trail)).toEqual({ logging: ["pass"], s3: [s3], digest: [digest] });
});

test("what is too young is said to be, and does not make the run incomplete", async () => {
  const run = await judged("delivery-states", { organization: false, failOn: "none" });
  const [young, ...others] = run.report.audit.unknowns.filter(
    ({ reason }) => reason === "too-young",
  );
  expect(young).toMatchObject({ counted: false, policies: ["trail-digest-delivery-recent"] });
  expect(others).toEqual([]);
  expect(run.exitCode).toBe(0);
});
