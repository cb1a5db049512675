import { expect, test } from "vitest";
import { AuditError } from "../../src/errors.ts";
import { readCdk } from "../../src/templates/cdk.ts";
import { at, checkout, only } from "./cloudformation/a-checkout.ts";

const unresolved = (detail: string) => ({ $unknown: { reason: "unresolved", detail } });

const SOURCE = `import { Trail } from "aws-cdk-lib/aws-cloudtrail";

export class AuditStack extends Stack {
  constructor() {
    new Trail(this, "Trail");
  }
}
`;

const template = (id: string) => ({
  Resources: {
    [id]: {
      Type: "AWS::CloudTrail::Trail",
      Properties: { IsLogging: true, S3BucketName: { Ref: "AWS::AccountId" } },
      Metadata: { "aws:cdk:path": "Audit/Trail/Resource" },
    },
    Inner: {
      Type: "AWS::CloudFormation::Stack",
      Properties: {
        TemplateURL: { "Fn::Sub": "https://assets.s3.${AWS::Region}.${AWS::URLSuffix}/x.json" },
      },
      Metadata: {
        "aws:asset:path": "Inner.nested.template.json",
        "aws:asset:property": "TemplateURL",
      },
    },
  },
});

const NESTED = {
  Resources: {
    Key: { Type: "AWS::KMS::Key", Metadata: { "aws:cdk:path": "Audit/Inner/Key/Default" } },
  },
};

const FRAMES = [
  "...new Trail2 in aws-cdk-lib...",
  "new Wrapped (/home/runner/app/node_modules/wrapped/index.js:3:1)",
  "new AuditStack (/home/runner/app/lib/audit-stack.ts:5:5)",
  "Object.<anonymous> (/home/runner/app/bin/app.ts:1:1)",
];

type Metadata = Record<string, unknown[]>;
const metadata = (frames: readonly string[]): Metadata => ({
  "/Audit/Trail/Resource": [
    { type: "aws:cdk:logicalId", data: "TrailABC" },
    { type: "aws:cdk:creationStack", data: frames },
  ],
});

const artifact = (more: object, environment = "aws://111122223333/eu-west-1") => ({
  type: "aws:cloudformation:stack",
  environment,
  properties: { templateFile: "Audit.template.json" },
  ...more,
});

/** A checkout with the output of an application of one stack. */
function app(stack: object, more: Record<string, string> = {}) {
  return checkout({
    "cdk.out/manifest.json": JSON.stringify({ version: "53.0.0", artifacts: { Audit: stack } }),
    "cdk.out/Audit.template.json": JSON.stringify(template("TrailABC"), null, 1),
    "cdk.out/Inner.nested.template.json": JSON.stringify(NESTED),
    "lib/audit-stack.ts": SOURCE,
    ...more,
  });
}

function trailOf(files: ReturnType<typeof checkout>, stack = "") {
  const [input, ...others] = readCdk(files, "cdk.out", { stack });
  if (input === undefined || others.length > 0) throw new Error(`${others.length} stacks`);
  return { input, trail: at(only(input), "TrailABC") };
}

test("A stack's resource has the account, the region, the construct's path and the user's line", () => {
  const { input, trail } = trailOf(app(artifact({ metadata: metadata(FRAMES) })));
  expect(input).toMatchObject({
    kind: "cdk",
    stack: "Audit",
    path: "cdk.out/Audit.template.json",
    parts: ["cdk.out/Inner.nested.template.json"],
  });
  expect(trail).toMatchObject({
    accountId: "111122223333",
    region: "eu-west-1",
    title: "Audit/Trail",
  });
  expect(trail.values["S3BucketName"]).toBe("111122223333");
  const place = { file: "lib/audit-stack.ts", line: 5, column: 5, endLine: 5, endColumn: 30 };
  expect(trail.locate("")).toEqual(place);
  expect(trail.locate("/IsLogging")).toEqual(place);
});

test("Metadata in a file of its own is read like that in the manifest", () => {
  const more = { "cdk.out/Audit.metadata.json": JSON.stringify(metadata(FRAMES)) };
  const { trail } = trailOf(app(artifact({ additionalMetadataFile: "Audit.metadata.json" }), more));
  expect(trail.locate("")).toMatchObject({ file: "lib/audit-stack.ts", line: 5 });
});

test("An older application's trace under the logical id is followed too", () => {
  const old = {
    "/Audit/Trail/Resource": [{ type: "aws:cdk:logicalId", data: "TrailABC", trace: FRAMES }],
  };
  expect(trailOf(app(artifact({ metadata: old }))).trail.locate("")).toMatchObject({ line: 5 });
});

test("A nested stack's template is an asset of the folder", () => {
  const { input } = trailOf(app(artifact({})));
  expect(at(only(input), "Inner/Key").title).toBe("Audit/Inner/Key");
});

test.for([
  ["a Python frame", ['  File "/home/runner/app/app.py", line 2, in <module>'], "app.py", 2],
  ["a Windows path", ["new A (C:\\work\\app\\lib\\audit-stack.ts:5:5)"], "lib/audit-stack.ts", 5],
  ["a file URL", ["at file:///x/lib/audit-stack.ts:3:1"], "lib/audit-stack.ts", 3],
  [
    "a line that the file lacks, then one it has",
    ["a (/x/lib/audit-stack.ts:500:1)", "b (/x/app.py:1:1)"],
    "app.py",
    1,
  ],
  [
    "no frame of the checkout",
    ["a (/x/lib/other.ts:1:1)", "b (node:internal/main:1:1)"],
    "cdk.out/Audit.template.json",
    3,
  ],
  [
    "a frame that climbs out",
    ["a (/x/../lib/audit-stack.ts:5:5)"],
    "cdk.out/Audit.template.json",
    3,
  ],
  ["no frames", [], "cdk.out/Audit.template.json", 3],
] as const)(
  "With %s the place is the user's line, else the template's",
  ([, frames, file, line]) => {
    const files = app(artifact({ metadata: metadata(frames) }), {
      "app.py": "import x\nx.Trail()\n",
    });
    expect(trailOf(files).trail.locate("")).toMatchObject({ file, line });
  },
);

test("An environment that is not known is that of the options, else unknown", () => {
  const files = app(artifact({}, "aws://unknown-account/unknown-region"));
  expect(trailOf(files).trail).toMatchObject({
    region: unresolved("the stack's region"),
    accountId: unresolved("the stack's account"),
  });
  const [input] = readCdk(files, "cdk.out", { stack: "app", region: "us-east-1" });
  expect(input?.stack).toBe("app/Audit");
  expect(input && at(only(input), "TrailABC").region).toBe("us-east-1");
});

test("The stacks of a stage are read from its folder, and stages in circles end", () => {
  const stage = { type: "cdk:cloud-assembly", properties: { directoryName: "assembly-Prod" } };
  const back = { type: "cdk:cloud-assembly", properties: { directoryName: ".." } };
  const files = checkout({
    "cdk.out/manifest.json": JSON.stringify({ version: "53.0.0", artifacts: { Prod: stage } }),
    "cdk.out/assembly-Prod/manifest.json": JSON.stringify({
      version: "53.0.0",
      artifacts: { A: artifact({}), B: back },
    }),
    "cdk.out/assembly-Prod/Audit.template.json": JSON.stringify(template("T")),
  });
  const stacks = readCdk(files, "cdk.out", { stack: "" });
  expect(stacks.map(({ path }) => path)).toEqual(["cdk.out/assembly-Prod/Audit.template.json"]);
});

test("A folder without a manifest has no stacks; one whose manifest is broken is an error", () => {
  expect(readCdk(checkout({}), "cdk.out", { stack: "" })).toEqual([]);
  expect(readCdk(checkout({ "web/manifest.json": "{}" }), "web", { stack: "" })).toEqual([]);
  const broken = checkout({ "cdk.out/manifest.json": "{" });
  expect(() => readCdk(broken, "cdk.out", { stack: "" })).toThrow(AuditError);
});
