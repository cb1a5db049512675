import type { RoleRecord } from "../snapshot/resources/role.ts";
import { type Fact, isUnknown, type Unknown, unknown } from "../snapshot/unknown.ts";
import type { Output } from "./api.ts";
import { parseArn } from "./arn.ts";
import { type Answer, told } from "./call.ts";
import { openNotebook } from "./evidence.ts";
import { policyDocument } from "./given.ts";
import { managedPolicy, type RoleAsked, rolePolicies } from "./role-policies.ts";
import type { Run } from "./run.ts";

type Facts = Pick<RoleRecord, "exists" | "trustPolicy" | "policies" | "boundary">;

/** Emits the role with which CloudTrail writes to a log group, once in a run, asked in its own account. */
export function roleRecord(run: Run, arn: string): Promise<void> {
  const parts = parseArn(arn);
  // As in arn:…:role/<path>/<name>; IAM asks by the name alone.
  const name = /^role\/(?:.*\/)?([^/]+)$/s.exec(parts?.resource ?? "")?.[1];
  if (parts === null || parts.service !== "iam" || name === undefined) return Promise.resolve();
  const { accountId } = parts;
  return run.once(arn, async () => {
    const notebook = openNotebook();
    const owner = await run.scope.access(accountId);
    const facts = isUnknown(owner)
      ? nothingKnown(owner)
      : await roleFacts({
          ask: run.ask,
          place: { caller: owner, region: run.leader },
          arn,
          name,
          notebook,
        });
    const { observations, sources } = notebook;
    await run.emit({
      kind: "resource",
      type: "role",
      arn,
      name,
      accountId,
      ...facts,
      observations,
      sources,
    });
  });
}

const nothingKnown = (why: Unknown): Facts => ({
  exists: why,
  trustPolicy: why,
  policies: why,
  boundary: why,
});

async function roleFacts(asked: RoleAsked & { arn: string }): Promise<Facts> {
  const { ask, place, arn, name, notebook } = asked;
  const answer = await ask("iam:GetRole", place, { RoleName: name });
  notebook.tells([""], answer.evidence);
  if (isAbsent(answer, arn)) {
    const absent = nothingKnown(unknown("not-collected", { detail: "there is no such role" }));
    return { ...absent, exists: false };
  }
  const [policies, boundary] = await Promise.all([rolePolicies(asked), boundaryOf(asked, answer)]);
  return {
    exists: told(answer, () => true),
    trustPolicy: told(answer, ({ Role: role }) =>
      policyDocument(role?.AssumeRolePolicyDocument, "AssumeRolePolicyDocument"),
    ),
    policies,
    boundary,
  };
}

/** The path is part of the ARN: a role of that name under another path is not the one that is named. */
function isAbsent(answer: Answer<Output<"iam:GetRole">>, arn: string): boolean {
  if (!answer.ok) return /^NoSuchEntity(Exception)?$/.test(answer.code);
  const found = answer.value.Role?.Arn;
  return found !== undefined && found !== arn;
}

async function boundaryOf(
  asked: RoleAsked,
  answer: Answer<Output<"iam:GetRole">>,
): Promise<Fact<string | null>> {
  if (!answer.ok) return answer.unknown;
  const { PermissionsBoundary: boundary } = answer.value.Role ?? {};
  if (boundary === undefined) return null;
  return managedPolicy(asked, boundary.PermissionsBoundaryArn, "/boundary");
}
