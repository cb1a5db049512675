import { jsonOrNull } from "../../snapshot/json.ts";
import { type Fact, isUnknown, type Json, unknown } from "../../snapshot/unknown.ts";
import { given, list } from "./read.ts";
import { rendered } from "./texts.ts";
import type { Planned, World } from "./world.ts";

/**
 * A key's policy with what grants add to it. A grant lets somebody in just as a statement does, with no
 * word in the policy, and KMS has it in no template but Terraform's.
 */
export function withGrants(
  world: World,
  grants: readonly Planned[],
  policy: Fact<string | null>,
): Fact<string | null> {
  if (grants.length === 0 || isUnknown(policy)) return policy;
  const document = parsed(policy);
  if (document === null) return unclear();
  const { Statement: written = [] } = document;
  const statements = grants.map((each) => statementOf(world, each));
  const unread = statements.find(isUnknown);
  const own = Array.isArray(written) ? written : [written];
  const added = statements.filter((each) => !isUnknown(each));
  return unread ?? JSON.stringify({ ...document, Statement: [...own, ...added] });
}

const unclear = () => unknown("unresolved", { detail: "a key policy that grants add to" });

type Document = { [key: string]: Json };

function parsed(policy: string | null): Document | null {
  const document = jsonOrNull(policy ?? "{}");
  return typeof document === "object" && !Array.isArray(document) ? document : null;
}

/** What a grant allows; its constraints bind nobody, who asks says the encryption context himself. */
function statementOf(world: World, grant: Planned): Fact<Document> {
  const who = given(grant.values, "grantee_principal");
  const principal = who === null ? null : rendered(world, grant, who);
  const operations = list(grant.values, "operations");
  if (principal === null || isUnknown(operations)) return unclear();
  const names = operations.filter((each) => typeof each === "string");
  if (names.length < operations.length) return unclear();
  const isService = /\.amazonaws\.com(\.cn)?$/.test(principal);
  return {
    Effect: "Allow",
    Principal: isService ? { Service: principal } : { AWS: principal },
    Action: names.map((each) => `kms:${each}`),
    Resource: "*",
  };
}
