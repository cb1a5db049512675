import { type Answer, given, givenNumber, Refusal, type Request } from "../answers.ts";
import { type Caller, callerArn, sessionCredentials } from "../credentials.ts";
import { denied } from "../error-codes.ts";
import { type IndexedWorld, isUsable, rolesOf } from "../indexed-world.ts";
import { queryProtocol } from "../protocols/query.ts";
import type { Account, Role } from "../schema/organization.ts";
import type { Service } from "./service.ts";

const ROLE_ARN = /^arn:[a-z-]+:iam::(\d{12}):role\/(.+)$/;
const CHAINED_SECONDS = 3600;
const USABLE = new Set(["ACTIVE", "PENDING_CLOSURE"]);

/** STS with sessions that need no memory: `serial` numbers them, for one server. */
export function stsService(serial: () => number): Service {
  return {
    name: "sts",
    protocol: queryProtocol("https://sts.amazonaws.com/doc/2011-06-15/"),
    resourceParameters: ["RoleArn"],
    operations: {
      GetCallerIdentity: ({ caller }, { partition }) => ({
        body: {
          Arn: callerArn(caller, partition),
          UserId: caller.role === null ? "AIDASIMULATED" : `AROASIMULATED:${caller.role.session}`,
          Account: caller.accountId,
        },
      }),
      AssumeRole: (request, world) => assumeRole(request, world, serial),
    },
  };
}

function assumeRole(request: Request, world: IndexedWorld, serial: () => number): Answer {
  const { input, region } = request;
  const arn = given(input, "RoleArn") ?? "";
  const [, accountId = "", role = ""] = ROLE_ARN.exec(arn) ?? [];
  const account = world.accounts.get(accountId);
  if (account === undefined || !mayAssume(request, world, { account, role })) {
    const about = { ...request, action: "sts:AssumeRole", partition: world.partition };
    throw denied(about, { resource: arn, because: "" });
  }
  const session: Caller = {
    accountId,
    issuedBy: region === "us-east-1" && world.world.usEast1IsGlobalSts ? "global" : "regional",
    role: {
      name: role.slice(role.lastIndexOf("/") + 1),
      session: given(input, "RoleSessionName") ?? "session",
    },
    expires: Date.now() + duration(request) * 1000,
    serial: serial(),
  };
  return { body: assumed(session, world) };
}

function mayAssume(
  { caller, input, region }: Request,
  world: IndexedWorld,
  { account, role: name }: { account: Account; role: string },
): boolean {
  const role = rolesOf(world, account).find((each) => each.name === name);
  if (role === undefined || !USABLE.has(account.state ?? "ACTIVE")) return false;
  if (!isUsable(world, account.id, region)) return false;
  return isTrusted(caller, role, world) && externalIdFits(role, given(input, "ExternalId"));
}

const externalIdFits = (role: Role, externalId: string | undefined): boolean =>
  role.externalId === undefined || role.externalId === externalId;

function isTrusted({ accountId }: Caller, { trusts }: Role, { world }: IndexedWorld): boolean {
  if (trusts !== undefined) return trusts.includes(accountId);
  return world.organization === undefined || world.organization.managementAccount === accountId;
}

function duration({ caller, input }: Request): number {
  const seconds = givenNumber(input, "DurationSeconds") ?? CHAINED_SECONDS;
  if (caller.role !== null && seconds > CHAINED_SECONDS) {
    throw new Refusal(
      "ValidationError",
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
    );
  }
  return seconds;
}

function assumed(session: Caller, { partition }: IndexedWorld): unknown {
  const { accessKeyId, secretAccessKey, sessionToken } = sessionCredentials(session);
  return {
    Credentials: {
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
      Expiration: new Date(session.expires ?? 0).toISOString(),
    },
    AssumedRoleUser: {
      AssumedRoleId: `AROASIMULATED:${session.role?.session}`,
      Arn: callerArn(session, partition),
    },
    PackedPolicySize: 0,
  };
}
