import { given, Refusal } from "../answers.ts";
import { unitId } from "../directory.ts";
import { arn, type Context, paged } from "./organization-callers.ts";

/** ListRoots: every organization has one. A policy type that is off is not named. */
export function listRoots(context: Context): unknown {
  const { rootId } = context.tree;
  const Status = context.organization.serviceControlPolicyStatus ?? "ENABLED";
  const PolicyTypes = Status === "DISABLED" ? [] : [{ Type: "SERVICE_CONTROL_POLICY", Status }];
  return {
    Roots: [{ Id: rootId, Arn: arn(context, "root", `/${rootId}`), Name: "Root", PolicyTypes }],
  };
}

/** ListParents of an account or a unit: there is exactly one. */
export function listParents({ request, tree, world }: Context): unknown {
  const child = given(request.input, "ChildId") ?? "";
  const member = world.accounts.get(child);
  const id = member === undefined ? tree.units.get(child)?.parentId : unitId(member.ou ?? "");
  if (id === undefined) throw new Refusal("ChildNotFoundException", "We can't find the child.");
  return { Parents: [{ Id: id, Type: id === tree.rootId ? "ROOT" : "ORGANIZATIONAL_UNIT" }] };
}

/** ListOrganizationalUnitsForParent. */
export function listUnits(context: Context): unknown {
  const { request, tree } = context;
  const parent = given(request.input, "ParentId") ?? "";
  if (parent !== tree.rootId && !tree.units.has(parent)) {
    throw new Refusal("ParentNotFoundException", "We can't find the parent.");
  }
  const { items, next } = paged(context, tree.childUnits.get(parent) ?? []);
  return { OrganizationalUnits: items.map((each) => unit(context, each)), NextToken: next };
}

const unit = (context: Context, { id, name }: { id: string; name: string }): unknown => ({
  Id: id,
  Arn: arn(context, "ou", `/${id}`),
  Name: name,
});

/** DescribeOrganizationalUnit. */
export function describeUnit(context: Context): unknown {
  const found = context.tree.units.get(given(context.request.input, "OrganizationalUnitId") ?? "");
  if (found === undefined) {
    const says = "We can't find the organizational unit.";
    throw new Refusal("OrganizationalUnitNotFoundException", says);
  }
  return { OrganizationalUnit: unit(context, found) };
}
