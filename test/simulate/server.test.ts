import { ListRegionsCommand } from "@aws-sdk/client-account";
import { DescribeTrailsCommand, GetTrailStatusCommand } from "@aws-sdk/client-cloudtrail";
import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeRegionsCommand } from "@aws-sdk/client-ec2";
import { DescribeKeyCommand } from "@aws-sdk/client-kms";
import { ListAccountsCommand } from "@aws-sdk/client-organizations";
import { GetBucketEncryptionCommand, HeadBucketCommand } from "@aws-sdk/client-s3";
import { GetPublicAccessBlockCommand } from "@aws-sdk/client-s3-control";
import { GetTopicAttributesCommand } from "@aws-sdk/client-sns";
import { AssumeRoleCommand, GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { expect, test } from "vitest";
import { entryCredentials } from "../../src/simulate/credentials.ts";
import type { Fault } from "../../src/simulate/schema/faults.ts";
import { startSimulator } from "../../src/simulate/server.ts";
import { clients } from "./clients.ts";
import { refusal, regionInRefusal, simulated } from "./simulated.ts";
import { worldFile } from "./world-files.ts";

const ME = "111111111111";
type Clients = ReturnType<typeof clients>;

/** One call of each service. */
const calls: Record<string, (as: Clients) => Promise<unknown>> = {
  cloudtrail: ({ cloudtrail }) => cloudtrail.send(new DescribeTrailsCommand()),
  organizations: ({ organizations }) => organizations.send(new ListAccountsCommand()),
  kms: ({ kms }) => kms.send(new DescribeKeyCommand({ KeyId: "trail-key" })),
  logs: ({ logs }) => logs.send(new DescribeLogGroupsCommand()),
  cloudwatch: ({ cloudwatch }) => cloudwatch.send(new DescribeAlarmsCommand()),
  account: ({ account }) => account.send(new ListRegionsCommand()),
  ec2: ({ ec2 }) => ec2.send(new DescribeRegionsCommand()),
  sts: ({ sts }) => sts.send(new GetCallerIdentityCommand()),
  sns: ({ sns }) =>
    sns.send(
      new GetTopicAttributesCommand({ TopicArn: `arn:aws:sns:us-east-1:${ME}:trail-deliveries` }),
    ),
  s3: ({ s3 }) => s3.send(new GetBucketEncryptionCommand({ Bucket: "organization-logs" })),
  s3control: ({ s3control }) => s3control.send(new GetPublicAccessBlockCommand({ AccountId: ME })),
};

const call = (service: string, as: Clients): Promise<unknown> => {
  const send = calls[service];
  if (send === undefined) throw new Error(`no call of ${service}`);
  return send(as);
};

const withFaults = (...faults: Fault[]) => ({ ...worldFile("every-kind-of-resource"), faults });

/** How each service spells: denied, throttled, expired. */
const spelt: [string, ...[string, number][]][] = [
  [
    "cloudtrail",
    ["AccessDeniedException", 400],
    ["ThrottlingException", 400],
    ["ExpiredTokenException", 400],
  ],
  [
    "organizations",
    ["AccessDeniedException", 400],
    ["TooManyRequestsException", 400],
    ["ExpiredTokenException", 400],
  ],
  [
    "kms",
    ["AccessDeniedException", 400],
    ["ThrottlingException", 400],
    ["ExpiredTokenException", 400],
  ],
  [
    "logs",
    ["AccessDeniedException", 400],
    ["ThrottlingException", 400],
    ["ExpiredTokenException", 400],
  ],
  ["cloudwatch", ["AccessDenied", 403], ["Throttling", 400], ["ExpiredToken", 403]],
  [
    "account",
    ["AccessDeniedException", 403],
    ["TooManyRequestsException", 429],
    ["ExpiredTokenException", 403],
  ],
  ["ec2", ["UnauthorizedOperation", 403], ["RequestLimitExceeded", 503], ["RequestExpired", 400]],
  ["sts", ["AccessDenied", 403], ["Throttling", 400], ["ExpiredToken", 403]],
  ["sns", ["AuthorizationErrorException", 403], ["ThrottledException", 429], ["ExpiredToken", 403]],
  ["s3", ["AccessDenied", 403], ["SlowDown", 503], ["ExpiredToken", 400]],
  ["s3control", ["AccessDenied", 403], ["SlowDown", 503], ["ExpiredToken", 400]],
];

const kinds = ["access-denied", "throttled", "expired-token"] as const;

test.for(spelt)(
  "%s spells what every service may answer in its own way",
  async ([service, ...expected]) => {
    for (const [index, kind] of kinds.entries()) {
      const { as } = await simulated(withFaults({ operation: `${service}:*`, kind }));
      const { name, status } = await refusal(call(service, as(ME)));
      expect([name, status]).toEqual(expected[index]);
    }
  },
);

test.for(spelt)("%s tells a session that it has expired", async ([service, , , expected]) => {
  const { as } = await simulated("every-kind-of-resource");
  const expires = new Date(Date.now() - 1000);
  const session = entryCredentials(ME, { issuedBy: "regional", expires });
  const { name, status } = await refusal(call(service, as(ME, "us-east-1", session)));
  expect([name, status]).toEqual(expected);
});

test("what a service control policy denies ends with its words", async () => {
  const fault: Fault = { operation: "cloudtrail:*", region: "eu-*", kind: "denied-by-scp" };
  const { as } = await simulated(withFaults(fault));
  const { message } = await refusal(call("cloudtrail", as(ME, "eu-west-1")));
  expect(message).toBe(
    `User: arn:aws:iam::${ME}:user/auditor is not authorized to perform: cloudtrail:DescribeTrails with an explicit deny in a service control policy`,
  );
  await call("cloudtrail", as(ME, "us-east-1"));
});

test("a denied call names IAM's action, not the API's operation, and HeadBucket still the region", async () => {
  const { as } = await simulated(withFaults({ operation: "s3:*", kind: "access-denied" }));
  const { s3 } = as("222222222222");
  const { message } = await refusal(calls.s3?.(as("222222222222")) ?? Promise.resolve());
  expect(message).toContain("s3:GetEncryptionConfiguration");
  const head = s3.send(new HeadBucketCommand({ Bucket: "organization-logs" }));
  expect(await regionInRefusal(head)).toBe("us-east-1");
});

test("a fault holds for the operation, account, region and resource that it names", async () => {
  const Name = `arn:aws:cloudtrail:us-east-1:${ME}:trail/organization-trail`;
  const { as, calls: made } = await simulated(
    withFaults({
      operation: "cloudtrail:GetTrailStatus",
      account: "2*",
      region: "eu-west-1",
      resource: "*:trail/organization-trail",
      kind: "access-denied",
    }),
  );
  for (const [account, region] of [
    ["222222222222", "eu-west-1"],
    ["222222222222", "us-east-1"],
    [ME, "eu-west-1"],
  ] as const) {
    const { cloudtrail } = as(account, region);
    await cloudtrail.send(new GetTrailStatusCommand({ Name })).catch(() => undefined);
    await cloudtrail.send(new DescribeTrailsCommand());
  }
  expect(made().filter((each) => each.outcome !== "ok")).toEqual([
    {
      operation: "cloudtrail:GetTrailStatus",
      accountId: "222222222222",
      region: "eu-west-1",
      outcome: "AccessDeniedException",
    },
  ]);
});

test("of AssumeRole a fault names the account of the role", async () => {
  const { as } = await simulated(
    withFaults({ operation: "sts:AssumeRole", account: "222222222222", kind: "access-denied" }),
  );
  const assume = (account: string) =>
    as(ME).sts.send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${account}:role/TrailproofAuditor`,
        RoleSessionName: "run",
      }),
    );
  expect((await refusal(assume("222222222222"))).name).toBe("AccessDenied");
  expect((await assume("333333333333")).Credentials).toBeDefined();
});

test("a fault can begin after so many calls and end after so many more", async () => {
  const { as, calls: made } = await simulated(
    withFaults({ operation: "cloudtrail:*", kind: "throttled", after: 1, times: 2 }),
  );
  for (let n = 0; n < 5; n++) await call("cloudtrail", as(ME)).catch(() => undefined);
  expect(made().map((each) => each.outcome)).toEqual([
    "ok",
    "ThrottlingException",
    "ThrottlingException",
    "ok",
    "ok",
  ]);
});

test("an error of any code can be stated", async () => {
  const fault: Fault = {
    operation: "kms:*",
    kind: "error",
    code: "KMSInternalException",
    message: "Alas.",
    status: 500,
  };
  const { as } = await simulated(withFaults(fault));
  expect(await refusal(call("kms", as(ME)))).toEqual({
    name: "KMSInternalException",
    status: 500,
    message: "Alas.",
  });
});

test.for([
  ["broken-reply", "SyntaxError"],
  ["dropped-connection", "TimeoutError"],
] as const)("%s: the SDK has no answer, and the call is logged as that", async ([kind, name]) => {
  const { as, calls: made } = await simulated(withFaults({ operation: "cloudtrail:*", kind }));
  expect((await refusal(call("cloudtrail", as(ME)))).name).toBe(name);
  expect(made().map((each) => each.outcome)).toEqual([kind]);
});

test("a call that is never answered is still open when its client gives up, and does not keep the server", async () => {
  const simulator = await startSimulator(
    withFaults({ operation: "cloudtrail:*", kind: "never-answers" }),
  );
  const { cloudtrail } = clients(simulator.endpoint, { account: ME });
  const abort = new AbortController();
  const sent = cloudtrail.send(new DescribeTrailsCommand(), { abortSignal: abort.signal });
  await expect.poll(() => simulator.countCalls()).toBe(1);
  abort.abort();
  expect((await refusal(sent)).name).toBe("AbortError");
  await simulator.close();
});

test("a slow call is answered all the same", async () => {
  const { as } = await simulated(withFaults({ operation: "cloudtrail:*", kind: "slow", ms: 5 }));
  await call("cloudtrail", as(ME));
});

test("at AWS's rates twenty calls at once get through as many as the burst lets", async () => {
  const { as, calls: made } = await simulated({
    ...worldFile("every-kind-of-resource"),
    throttles: "aws",
  });
  const client = as(ME);
  await Promise.allSettled(Array.from({ length: 20 }, () => call("organizations", client)));
  const throttled = made().filter((each) => each.outcome === "TooManyRequestsException");
  expect(throttled.length).toBeGreaterThan(0);
  expect(made()).toHaveLength(20);
});

test("each session of an account with short sessions expires after its calls, and the next one works", async () => {
  const world = worldFile("eleven-accounts");
  const accounts = world.accounts.map((each) => ({ ...each, sessionCalls: 3 }));
  const { as, calls: made } = await simulated({ ...world, accounts });
  const session = async () => {
    const { Credentials } = await as("100000000001").sts.send(
      new AssumeRoleCommand({
        RoleArn: "arn:aws:iam::100000000011:role/TrailproofAuditor",
        RoleSessionName: "run",
      }),
    );
    return {
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken ?? "",
    };
  };
  for (const credentials of [await session(), await session()]) {
    const member = as("100000000011", "us-east-1", credentials);
    for (let n = 0; n < 4; n++) await call("cloudtrail", member).catch(() => undefined);
  }
  const outcomes = made()
    .filter((each) => each.accountId === "100000000011")
    .map((each) => each.outcome);
  expect(outcomes).toEqual([
    "ok",
    "ok",
    "ok",
    "ExpiredTokenException",
    "ok",
    "ok",
    "ok",
    "ExpiredTokenException",
  ]);
});

test("every answer has the world's date and a request id of its own, and a second server gives the same", async () => {
  const seen = async () => {
    const { endpoint } = await simulated("every-kind-of-resource");
    const ids: (string | null)[] = [];
    for (const service of ["cloudtrail", "s3"]) {
      const authorization = `AWS4-HMAC-SHA256 Credential=AKIASIM${ME}/20261101/us-east-1/${service}/aws4_request`;
      const response = await fetch(endpoint, { headers: { authorization } });
      expect(response.headers.get("date")).toBe("Sun, 01 Nov 2026 06:00:00 GMT");
      ids.push(response.headers.get(service === "s3" ? "x-amz-request-id" : "x-amzn-requestid"));
    }
    return ids;
  };
  const ids = await seen();
  expect(ids).toEqual([
    "00000000-0000-4000-8000-000000000001",
    "00000000-0000-4000-8000-000000000002",
  ]);
  expect(await seen()).toEqual(ids);
});

test("calls are counted by operation, and kept only where that is asked for", async () => {
  const simulator = await startSimulator(worldFile("every-kind-of-resource"));
  const as = clients(simulator.endpoint, { account: ME });
  for (const service of ["cloudtrail", "cloudtrail", "kms"]) await call(service, as);
  expect(simulator.countCalls("cloudtrail:DescribeTrails")).toBe(2);
  expect(simulator.countCalls("*:Describe*")).toBe(3);
  expect(simulator.countCalls()).toBe(3);
  expect(simulator.calls()).toEqual([]);
  await simulator.close();
});

test.for([
  ["no signature", {}, 403],
  [
    "no known service",
    { authorization: `Credential=AKIASIM${ME}/20261101/us-east-1/iam/aws4_request` },
    404,
  ],
  [
    "keys of nobody",
    {
      authorization: "Credential=AKIAX/20261101/us-east-1/cloudtrail/aws4_request",
      "x-amz-target": "x.DescribeTrails",
    },
    400,
  ],
  [
    "an operation that is not simulated",
    {
      authorization: `Credential=AKIASIM${ME}/20261101/us-east-1/cloudtrail/aws4_request`,
      "x-amz-target": "x.constructor",
    },
    404,
  ],
] as const)("a call with %s is refused, and the server lives on", async ([, headers, status]) => {
  const { endpoint, as } = await simulated("every-kind-of-resource");
  expect(
    (await fetch(endpoint, { method: "POST", headers: { ...headers }, body: "{}" })).status,
  ).toBe(status);
  await call("cloudtrail", as(ME));
});

test.for([
  ["a body that is no JSON", "{", 400],
  ["a body beyond a million bytes", "x".repeat(1_000_001), 413],
] as const)("%s is refused, and the server lives on", async ([, body, status]) => {
  const { endpoint, as } = await simulated("every-kind-of-resource");
  const authorization = `Credential=AKIASIM${ME}/20261101/us-east-1/cloudtrail/aws4_request`;
  const headers = { authorization, "x-amz-target": "x.DescribeTrails" };
  expect((await fetch(endpoint, { method: "POST", headers, body })).status).toBe(status);
  await call("cloudtrail", as(ME));
});
