import type { Location } from "../../snapshot/location.ts";
import type { NamedPolicy } from "../../snapshot/resources/named-policy.ts";
import type { RoleRecord } from "../../snapshot/resources/role.ts";
import { anyText } from "../../snapshot/stand-in.ts";
import { type Fact, isUnknown, mapFact, unknown } from "../../snapshot/unknown.ts";
import type { TemplateResource } from "../resource.ts";
import { companionsOf } from "./companions.ts";
import { documentText } from "./documents.ts";
import { inlinePoliciesOf, stayingOf } from "./exclusive-policies.ts";
import { type Places, provenance } from "./places.ts";
import { given, isAbsent, objects, type Values } from "./read.ts";
import { groupedBy, remembered } from "./remembered.ts";
import { texts } from "./selectors.ts";
import { arnOf } from "./targets.ts";
import { nameOf, textIn } from "./texts.ts";
import { ofKinds, type Planned, type World } from "./world.ts";

type At = { world: World; planned: Planned };

/** The role with which CloudTrail writes to a log group, with every policy that the inputs give it. */
export function roleRecord(world: World, planned: Planned, places: Places): RoleRecord {
  const { values, account, stack, resource } = planned;
  const at = { world, planned };
  const trust = documentText(
    world,
    planned,
    given(values, "assume_role_policy", "AssumeRolePolicyDocument"),
  );
  return {
    kind: "resource",
    type: "role",
    arn: arnOf(world, planned),
    planned: { stack, address: resource.address },
    name: nameOf(world, planned),
    accountId: account,
    exists: resource.presence,
    trustPolicy: mapFact(trust, (text) => text ?? unknown("unsupported", { detail: "no trust" })),
    policies: policies(at),
    boundary: boundary(at),
    ...provenance(places, [
      ["", planned, [""]],
      ["/trustPolicy", planned, ["assume_role_policy", "AssumeRolePolicyDocument"]],
    ]),
  };
}

function policies(at: At): Fact<NamedPolicy[]> {
  const lists = [inline(at), managed(at), companions(at)];
  const marker = lists.find(isUnknown);
  return marker ?? lists.flatMap((list) => (isUnknown(list) ? [] : list));
}

function inline(at: At): Fact<NamedPolicy[]> {
  const { values, resource } = at.planned;
  const name = resource.dialect === "terraform" ? "inline_policy" : "Policies";
  if (isUnwritten(at, name) && hasNoBlock(resource, name)) return [];
  const found = objects(values, name);
  const left = inlinePoliciesOf(at.world, at.planned);
  return mapFact(found, (all) =>
    all.flatMap((one) => {
      const policy = read(at, at.planned, one);
      return policy === null ? [] : left(policy, one);
    }),
  );
}

/** Of a role that is yet to be made a plan calls unknown what nobody wrote, and says no more. */
function isUnwritten({ planned: { values, resource } }: At, name: string): boolean {
  const value = given(values, name);
  if (resource.dialect !== "terraform" || !isUnknown(value)) return false;
  const { reason, detail } = value.$unknown;
  return reason === "known-after-apply" && detail === undefined;
}

/** Blocks that `dynamic` makes are in no plan's configuration: the source shows that there are none. */
function hasNoBlock({ locate }: TemplateResource, name: string): boolean {
  const [whole, own] = [locate(""), locate(`/${name}`)];
  return whole !== null && own !== null && isSamePlace(whole, own);
}

const isSamePlace = (one: Location, other: Location): boolean =>
  one.file === other.file && one.line === other.line && one.column === other.column;

function read({ world }: At, from: Planned, values: Values): NamedPolicy | null {
  const name = textIn(world, from, given(values, "name", "PolicyName", "ManagedPolicyName"));
  const document = documentText(world, from, given(values, "policy", "PolicyDocument"));
  if (document === null) return null;
  return { name: isUnknown(name) || name === null ? from.resource.address : name, document };
}

/** Policies that the role names by ARN; one that no input defines may allow or deny anything. */
function managed(at: At): Fact<NamedPolicy[]> {
  const { values, resource } = at.planned;
  const name = resource.dialect === "terraform" ? "managed_policy_arns" : "ManagedPolicyArns";
  if (isUnwritten(at, name)) return [];
  return mapFact(texts(at, values, name), (arns) => arns.map((arn) => attached(at, arn)));
}

const policiesByArn = remembered((world) =>
  groupedBy(ofKinds(world, "policy"), (each) => [arnOf(world, each)]),
);

function attached(at: At, arn: string): NamedPolicy {
  const found = policiesByArn(at.world)
    .get(arn)
    ?.find(({ resource }) => resource.presence === true);
  const policy = found === undefined ? null : read(at, found, found.values);
  return (
    policy ??
    awsOwn(arn) ?? {
      name: arn === "" ? "an attached policy" : arn,
      document: unknown("not-collected", { detail: "an attached policy" }),
    }
  );
}

/** What AWS itself writes allows this and that, and denies only where its name says so. */
function awsOwn(arn: string): NamedPolicy | null {
  if (!/^arn:[\w-]+:iam::aws:policy\//.test(arn) || /deny|quarantine/i.test(arn)) return null;
  const allowed = { Effect: "Allow", Action: anyText(`what ${arn} allows`), Resource: "*" };
  return { name: arn, document: JSON.stringify({ Version: "2012-10-17", Statement: [allowed] }) };
}

/** Policies that name the role: inline ones, CloudFormation's, and attachments of others. */
function companions(at: At): Fact<NamedPolicy[]> {
  const { world, planned } = at;
  const names = [nameOf(world, planned), arnOf(world, planned)];
  const by = ["role", "roles", "Roles", "RoleName", "role_name"];
  const kinds = ["rolePolicy", "policy", "attachment"] as const;
  const around = companionsOf(world, planned, { kinds, by, names });
  const { found, doubtful, openBesides } = around;
  const isOthers = found.length > 0 && doubtful.every((one) => !policiesOf(at, one).some(denies));
  const open = isOthers ? openBesides : around.open;
  if (open !== null) return open;
  const left = inlinePoliciesOf(world, planned);
  return stayingOf(world, found).flatMap((one) => {
    const [policy, ...others] = policiesOf(at, one);
    if (policy === undefined) return [];
    return one.kind === "rolePolicy" ? left(policy, one) : [policy, ...others];
  });
}

function policiesOf(at: At, one: Planned): NamedPolicy[] {
  if (one.kind !== "attachment") return [read(at, one, one.values) ?? attached(at, "")];
  const arns = texts({ world: at.world, planned: one }, one.values, "policy_arn", "policy_arns");
  if (isUnknown(arns)) return [{ name: "an attached policy", document: arns }];
  return arns.map((arn) => attached(at, arn));
}

/**
 * Of a policy on a role that nobody knows, a variable's or an unknown item's, it is taken that it is
 * on another than one that is planned beside it with policies of its own, unless it is seen to deny.
 */
const denies = ({ document }: NamedPolicy): boolean =>
  typeof document === "string" && /"deny"/i.test(document);

function boundary({ planned }: At): Fact<string | null> {
  const value = given(planned.values, "permissions_boundary", "PermissionsBoundary");
  if (isAbsent(value) || value === "") return null;
  return unknown("not-collected", { detail: "the permissions boundary" });
}
