import { copyFileSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { SubjectVerdict } from "../../src/evaluate/verdict.ts";
import { builtinPolicies } from "../../src/policy/builtin.ts";
import { notOnTemplates } from "../../src/policy/on-templates.ts";
import { checked, write } from "../commands/check/checked.ts";
import { folder } from "../whole-path/judged.ts";
import { differences, type Label, labels, requirements } from "./cases-labels.ts";

const CASES = fileURLToPath(new URL("cases/", import.meta.url));
const text = (file: string) => readFileSync(`${CASES}${file}`, "utf8");

/** Checks one file, or what is made of it, under its own name in a folder that is no repository. */
async function check(file: string, content?: string) {
  const path = folder();
  if (content === undefined) copyFileSync(`${CASES}${file}`, join(path, basename(file)));
  else write(path, { [basename(file)]: content });
  const run = await checked(path, ["--all", basename(file)]);
  const { verdicts }: { verdicts: SubjectVerdict[] } = JSON.parse(run.file("results.json"));
  return { ...run, verdicts };
}

/** A template with trails that use what its labels are about, where it has none. */
function used(template: string, rows: readonly Label[]): string {
  if (template.includes("AWS::CloudTrail::Trail")) return template;
  const missing = [...new Set(rows.map(({ resource }) => resource))]
    .filter((each) => each !== "-" && !template.includes(`  ${each}:\n`))
    .map((each) => `  ${each}: {Type: AWS::S3::Bucket}\n`);
  const trails = rows.flatMap((row) => (row.resource === "-" ? [] : [trailFor(row)]));
  return [template.trimEnd(), "\n", ...missing, ...trails].join("");
}

function trailFor({ resource, requirement }: Label): string {
  const uses: Record<string, string> = {
    s3: `S3BucketName: !Ref ${resource}`,
    kms: `S3BucketName: logs, KMSKeyId: !GetAtt ${resource}.Arn`,
    logs: `S3BucketName: logs, CloudWatchLogsLogGroupArn: !GetAtt ${resource}.Arn`,
    sns: `S3BucketName: logs, SnsTopicName: !GetAtt ${resource}.TopicName`,
  };
  const properties = `{IsLogging: true, ${uses[requirement.split(".")[0] ?? ""]}}`;
  return `  TrailOf${resource}: {Type: AWS::CloudTrail::Trail, Properties: ${properties}}\n`;
}

/** The verdict on a resource by the policy that asks the same; none: there is none. */
function verdictOn({ resource, requirement }: Label, verdicts: readonly SubjectVerdict[]): string {
  const policy = requirements.get(requirement);
  const found = verdicts.filter(
    ({ subject, ...each }) => each.policy === policy && subject.id.split(/[#@]/)[1] === resource,
  );
  expect(found.length).toBeLessThan(2);
  return found[0]?.verdict ?? "none";
}

const files = new Map(labels.map(({ file }) => [file, labels.filter((row) => row.file === file)]));

describe("what labels are about", () => {
  test.for([...files])("%s", async ([file, rows]) => {
    const isPlan = file.endsWith(".json");
    const { verdicts } = await check(file, isPlan ? undefined : used(text(file), rows));
    const said = rows.map((row) => ({ ...row, verdict: verdictOn(row, verdicts) }));
    expect(said).toEqual(rows);
  });
});

test("what no trail uses is not judged", async () => {
  const without = [...files.keys()].filter((file) => !text(file).includes("CloudTrail::Trail"));
  const templates = without.filter((file) => file.endsWith(".yaml"));
  expect(templates.length).toBe(64);
  for (const file of templates) {
    const { code, verdicts } = await check(file);
    expect([file, code, verdicts]).toEqual([file, 0, []]);
  }
});

describe("plans of other resources are read, and nothing is found", () => {
  const plans = readdirSync(CASES, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".json") && !files.has(file))
    .sort();

  test("there are 94", () => expect(plans.length).toBe(94));

  test.for(plans)("%s", async (file) => {
    const { code, verdicts, results } = await check(file);
    expect([code, verdicts, results().findings]).toEqual([0, [], []]);
  });
});

test("each requirement is asked by a policy about templates, but those told to be none's", () => {
  const policies = new Map(builtinPolicies().map((each) => [each.id, each]));
  const asked = [...requirements.values()].filter((id) => id !== "-");
  expect(asked.filter((id) => !policies.has(id))).toEqual([]);
  const elsewhere = asked.filter((id) => {
    const policy = policies.get(id);
    return policy !== undefined && notOnTemplates(policy) !== null;
  });
  expect(new Set(elsewhere)).toEqual(
    new Set(["region-s3-object-reads-recorded", "region-s3-object-writes-recorded"]),
  );
  expect(new Set(labels.map(({ requirement }) => requirement))).toEqual(
    new Set(requirements.keys()),
  );
});

test("where label and verdict differ, and only there, the comparison says why", () => {
  const agree = ({ label, verdict }: Label) => (label === "skip" ? "none" : label) === verdict;
  expect(labels.filter((row) => agree(row) !== (row.why === "-"))).toEqual([]);
  const differing = labels.filter((row) => !agree(row)).map(({ ...row }) => JSON.stringify(row));
  expect(
    differences()
      .map((row) => JSON.stringify(row))
      .sort(),
  ).toEqual(differing.sort());
  const page = readFileSync(new URL("../../docs/gate-compared.md", import.meta.url), "utf8");
  const counted = labels.length - differing.length;
  expect(page.replaceAll("\n", " ")).toContain(
    `${labels.length} such labels on ${files.size} files`,
  );
  expect(page).toContain(`agrees with ${counted} of them`);
});

test("each origin has its licence, and the package has none of it", () => {
  const origins = new Set(labels.map(({ file }) => dirname(file).split("/")[0]));
  for (const origin of [...origins, "checkov", "snyk-policy-engine"]) {
    expect(text(`${origin}/LICENSE`)).toContain("Apache License");
    expect(text("README.md")).toContain(`\`${origin}\``);
  }
  const manifest = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  const { files: packed }: { files: string[] } = JSON.parse(manifest);
  expect(packed.filter((each) => /^(?:\.|test|\*)/.test(each))).toEqual([]);
});
