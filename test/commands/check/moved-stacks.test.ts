import { expect, test } from "vitest";
import { checked } from "./checked.ts";
import { scratch } from "./repositories.ts";

const template = (name = "main") => `Resources:
  Logs:
    Type: AWS::S3::Bucket
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Logs
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: { Service: cloudtrail.amazonaws.com }
            Action: "s3:*"
            Resource: "*"
  Trail:
    Type: AWS::CloudTrail::Trail
    DependsOn: Policy
    Properties:
      TrailName: ${name}
      S3BucketName: !Ref Logs
      IsLogging: true
`;
const STACK = template();

const cdk = (name: string) => ({
  "cdk.out/manifest.json": JSON.stringify({
    version: "36.0.0",
    artifacts: {
      [name]: {
        type: "aws:cloudformation:stack",
        environment: "aws://unknown-account/unknown-region",
        properties: { templateFile: `${name}.json` },
        displayName: name,
      },
    },
  }),
  [`cdk.out/${name}.json`]: JSON.stringify({
    Resources: {
      Logs: { Type: "AWS::S3::Bucket" },
      Trail: {
        Type: "AWS::CloudTrail::Trail",
        Properties: { IsLogging: true, S3BucketName: { Ref: "Logs" } },
      },
    },
  }),
});

/** What a change breaks, each as policy and subject, and what is told of its stacks. */
async function judged(base: Record<string, string>, change: Record<string, string | null>) {
  const repository = scratch();
  repository.commit(base);
  repository.git("checkout", "--quiet", "-b", "change");
  repository.commit(change);
  const { code, results, err } = await checked(repository.path, ["--base-ref", "main"]);
  expect(code, err).not.toBe(2);
  const { findings, gate } = results();
  const broken = findings
    .filter(({ standing }) => standing === "regression")
    .map(({ policy, subject }) => `${policy} ${subject.id}`);
  return {
    broken,
    debts: findings.length - broken.length,
    notes: gate.stacks.flatMap((stack) => stack.notes),
  };
}

test.each(["trail.yaml", "infra/audit/t.yaml", "t.template"])(
  "a template that is called %s now is the same stack: its debts came along, and its parts did",
  async (path) => {
    const { broken, debts, notes } = await judged(
      { "t.yaml": STACK },
      { "t.yaml": null, [path]: STACK },
    );
    expect(broken).toEqual([]);
    expect(debts).toBeGreaterThan(5);
    expect(notes.join()).toContain("taken for the stack of t.yaml");
  },
);

test("an output folder of the CDK may be moved, and another stack in it is another", async () => {
  const base = cdk("Audit");
  const gone = Object.fromEntries(Object.keys(base).map((path) => [path, null]));
  const moved = Object.fromEntries(
    Object.entries(base).map(([path, text]) => [`infra/${path}`, text]),
  );
  expect((await judged(base, { ...gone, ...moved })).broken).toEqual([]);
  expect((await judged(base, { ...gone, ...cdk("Other") })).broken).not.toEqual([]);
});

test("what is changed while its template is moved is compared with what it was", async () => {
  const off = STACK.replace("IsLogging: true", "IsLogging: false");
  const { broken } = await judged({ "t.yaml": STACK }, { "t.yaml": null, "trail.yaml": off });
  expect(broken).toEqual(["change-keeps-trail-recording trail#Trail"]);
});

test.each<[string, Record<string, string | null>]>([
  ["its trail is missing", { "t.yaml": null, "n.yaml": STACK.slice(0, STACK.indexOf("  Trail:")) }],
  ["two could be it", { "t.yaml": null, "a.yaml": STACK, "b.yaml": STACK }],
  ["its old file is left as something else", { "t.yaml": "moved: b.yaml\n", "b.yaml": STACK }],
  [
    "most of it is another",
    {
      "t.yaml": null,
      "n.yaml": template("other").replace('Resource: "*"', 'Resource: "arn:aws:s3:::b/*"'),
    },
  ],
])("a template is not taken for one that is gone where %s", async (_, change) => {
  const { broken, notes } = await judged({ "t.yaml": STACK }, change);
  expect(broken).not.toEqual([]);
  expect(notes.join()).not.toContain("taken for");
});

test("a template that the config names is that stack, whatever another one held", async () => {
  const config = "stacks:\n  - { name: prod, path: n.yaml }\n";
  const base = { "t.yaml": STACK, "trailproof.yaml": config };
  const { notes } = await judged(base, { "t.yaml": null, "n.yaml": STACK });
  expect(notes.join()).not.toContain("taken for");
});
