import { createHash } from "node:crypto";
import { documentText, given, Refusal } from "../answers.ts";
import { accountName, targetId } from "../directory.ts";
import type { ServiceControlPolicy } from "../schema/policies.ts";
import { arn, type Context, paged } from "./organization-callers.ts";

const TYPE = "SERVICE_CONTROL_POLICY";
const TYPES = new Set([TYPE, "RESOURCE_CONTROL_POLICY", "TAG_POLICY", "BACKUP_POLICY"]);

/** AWS's own policy, which it attaches to everything there is when the type is switched on. */
const FULL_ACCESS = {
  name: "FullAWSAccess",
  id: "p-FullAWSAccess",
  policy: {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
  },
};

type Policy = Omit<ServiceControlPolicy, "targets" | "id"> & {
  id: string;
  /** Ids; null: everything in the organization. */
  targets: ReadonlySet<string> | null;
};

/** Switching the type off takes every policy off its targets; the policies themselves stay. */
function policiesIn({ organization }: Context): Policy[] {
  const isOff = organization.serviceControlPolicyStatus === "DISABLED";
  const own = (organization.serviceControlPolicies ?? []).map((each) => ({
    ...each,
    id: each.id ?? madeId(each.name),
    targets: new Set(isOff ? [] : each.targets.map(targetId)),
  }));
  if (own.some(({ id }) => id === FULL_ACCESS.id)) return own;
  return [{ ...FULL_ACCESS, targets: isOff ? new Set() : null }, ...own];
}

const madeId = (name: string): string =>
  `p-${createHash("sha256").update(name).digest("hex").slice(0, 10)}`;

function summary(context: Context, { id, name }: Policy): unknown {
  const AwsManaged = id === FULL_ACCESS.id;
  const path = `/service_control_policy/${id}`;
  const Arn = AwsManaged
    ? `arn:${context.world.partition}:organizations::aws:policy${path}`
    : arn(context, "policy", path);
  const Description = AwsManaged ? "Allows access to every operation" : "";
  return { Id: id, Arn, Name: name, Description, Type: TYPE, AwsManaged };
}

/** The policies of the type that is asked for: a world has none of others. */
function ofType(context: Context): Policy[] {
  const filter = given(context.request.input, "Filter") ?? "";
  if (!TYPES.has(filter)) {
    throw new Refusal("InvalidInputException", "You specified an invalid value for Filter.");
  }
  return filter === TYPE ? policiesIn(context) : [];
}

/** ListPolicies. */
export function listPolicies(context: Context): unknown {
  const { items, next } = paged(context, ofType(context));
  return { Policies: items.map((each) => summary(context, each)), NextToken: next };
}

function known(context: Context): Policy {
  const id = given(context.request.input, "PolicyId");
  const found = policiesIn(context).find((each) => each.id === id);
  if (found !== undefined) return found;
  const says = "We can't find a policy with the PolicyId that you specified.";
  throw new Refusal("PolicyNotFoundException", says);
}

/** DescribePolicy. */
export function describePolicy(context: Context): unknown {
  const found = known(context);
  const Content = documentText(found.policy);
  return { Policy: { PolicySummary: summary(context, found), Content } };
}

/** Everything that a policy can be attached to: the root, the units, then the accounts. */
function* targetsIn(context: Context): Generator<{ TargetId: string; [field: string]: string }> {
  const { rootId, units, members } = context.tree;
  yield { TargetId: rootId, Arn: arn(context, "root", `/${rootId}`), Name: "Root", Type: "ROOT" };
  for (const { id, name } of units.values()) {
    const Arn = arn(context, "ou", `/${id}`);
    yield { TargetId: id, Arn, Name: name, Type: "ORGANIZATIONAL_UNIT" };
  }
  for (const each of members) {
    const Arn = arn(context, "account", `/${each.id}`);
    yield { TargetId: each.id, Arn, Name: accountName(each), Type: "ACCOUNT" };
  }
}

/** ListTargetsForPolicy. */
export function listTargetsForPolicy(context: Context): unknown {
  const { targets } = known(context);
  const all = [...targetsIn(context)].filter((each) => targets?.has(each.TargetId) ?? true);
  const { items, next } = paged(context, all);
  return { Targets: items, NextToken: next };
}

/** ListPoliciesForTarget: what is attached there, without what is inherited. */
export function listPoliciesForTarget(context: Context): unknown {
  const { rootId, units, members } = context.tree;
  const target = given(context.request.input, "TargetId") ?? "";
  if (target !== rootId && !units.has(target) && !members.some((each) => each.id === target)) {
    const says = "We can't find a root, OU, or account with the TargetId that you specified.";
    throw new Refusal("TargetNotFoundException", says);
  }
  const attached = ofType(context).filter(({ targets }) => targets?.has(target) ?? true);
  const { items, next } = paged(context, attached);
  return { Policies: items.map((each) => summary(context, each)), NextToken: next };
}

/** DescribeResourcePolicy: the organization's delegation policy, of which there is one at most. */
export function describeResourcePolicy(context: Context): unknown {
  const { resourcePolicy } = context.organization;
  if (resourcePolicy === undefined) {
    const says = "We can't find a resource policy request with the parameter that you specified.";
    throw new Refusal("ResourcePolicyNotFoundException", says);
  }
  const Id = "rp-simulated0";
  const ResourcePolicySummary = { Id, Arn: arn(context, "resourcepolicy", `/${Id}`) };
  return { ResourcePolicy: { ResourcePolicySummary, Content: documentText(resourcePolicy) } };
}
