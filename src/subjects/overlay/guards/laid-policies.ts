import type {
  ListedAccount,
  OrganizationRecord,
  ServiceControlPolicies,
} from "../../../snapshot/organization-record.ts";
import type { PlannedControlPolicy } from "../../../snapshot/planned-guards.ts";
import { hasStandIn } from "../../../snapshot/stand-in.ts";
import { type Fact, isKnown, isUnknown, type Unknown, unknown } from "../../../snapshot/unknown.ts";
import { isRoot } from "../../change/guards/targets.ts";
import { subjectId } from "../../naming.ts";
import type { PolicyChange, StrayChange } from "./guard-changes.ts";

type Policy = ServiceControlPolicies["policies"][number];

/** What is laid over the policies of a snapshot, and why some of it could not be. */
export type Laid<T> = { after: T; notes: string[] };

/** An organization has a thousand at most. */
const MOST_POLICIES = 2000;
const TOO_MANY = unknown("unsupported", { detail: `more than ${MOST_POLICIES} policies` });

/** What a change does to service control policies. */
export type PolicyChanges = { policies: readonly PolicyChange[]; strays: readonly StrayChange[] };

/** The organization after a change of its service control policies. */
export function policiesLaid(
  organization: OrganizationRecord,
  { policies: changes, strays }: PolicyChanges,
): Laid<OrganizationRecord> {
  const control = organization.serviceControlPolicies;
  if (changes.length + strays.length === 0 || isUnknown(control) || !control.enabled) {
    return { after: organization, notes: [] };
  }
  const root = rootOf(organization.accounts);
  const notes: string[] = [];
  let policies: Fact<Policy[]> = control.policies.map((each) => reattached(each, strays, root));
  for (const change of changes) {
    if (isUnknown(policies)) break;
    if (policies.length > MOST_POLICIES) policies = TOO_MANY;
    if (isUnknown(policies)) break;
    const found = matching(policies, change);
    if (found === "unclear") policies = unclear(change, notes);
    else if (found === null && change.before !== null) notes.push(notThere(change.before));
    else policies = edited(policies, change, { found, root });
  }
  const after = isUnknown(policies) ? policies : { ...control, policies };
  return { after: { ...organization, serviceControlPolicies: after }, notes };
}

/** A policy that no input describes, as far as one attaches or detaches it by its id. */
function reattached(policy: Policy, strays: readonly StrayChange[], root: Fact<string>): Policy {
  const own = strays.filter(({ policyId }) => policyId === policy.id);
  let { targets } = policy;
  for (const { target: planned, isThere } of own) {
    const target = literal(planned, root);
    if (isUnknown(targets)) break;
    if (isUnknown(target)) targets = target;
    else targets = [...targets.filter((each) => each !== target), ...(isThere ? [target] : [])];
  }
  return own.length === 0 ? policy : { ...policy, targets };
}

/** A target by its id. */
function literal(target: string, root: Fact<string>): Fact<string> {
  if (!hasStandIn(target)) return target;
  return isRoot(target) ? root : unknown("unresolved", { detail: "what a policy is attached to" });
}

/** Names of policies are used once in an organization; null: there is no such policy. */
function matching(policies: readonly Policy[], { before, after }: PolicyChange) {
  for (const planned of [before, after]) {
    if (planned === null) continue;
    const { policyId, name } = planned;
    const byId = policies.find(({ id }) => id === policyId);
    if (byId !== undefined) return byId;
    // What the change makes is there under no name that is not known.
    if (hasStandIn(name)) return planned === before ? "unclear" : null;
    const byName = policies.find((each) => each.name === name);
    if (byName !== undefined) return byName;
  }
  return null;
}

function unclear({ before, after }: PolicyChange, notes: string[]): Unknown {
  const planned = before ?? after;
  const which = planned === null ? "it" : subjectId(planned);
  const detail = `which service control policy of the snapshot ${which} is`;
  notes.push(
    `Which service control policy of the live snapshot ${which} is cannot be told, so that what any of them denies after the change is not known: give it a name that is known without applying it.`,
  );
  return unknown("unresolved", { detail });
}

const notThere = (planned: PlannedControlPolicy): string =>
  `The live snapshot does not have the service control policy ${subjectId(planned)}: what the change does to it is not compared.`;

type Found = { found: Policy | null; root: Fact<string> };

function edited(
  policies: readonly Policy[],
  change: PolicyChange,
  { found, root }: Found,
): Policy[] {
  const { before, after, doubt } = change;
  const others = policies.filter((each) => each !== found);
  if (doubt !== null) {
    const { id, name } = found ?? { id: idOf(change), name: after?.name ?? "" };
    return [...others, { id, name, content: doubt, targets: doubt }];
  }
  if (after === null) return others;
  const was = found ?? { id: idOf(change), name: after.name, content: "", targets: [] };
  const isSame = before !== null && before.content.written === after.content.written;
  const content = isSame && found !== null ? was.content : after.content.text;
  const targets = targetsAfter(was.targets, { before, after, root });
  return [
    ...others,
    { id: was.id, name: hasStandIn(after.name) ? was.name : after.name, content, targets },
  ];
}

const idOf = ({ before, after }: PolicyChange): string => {
  const planned = before ?? after;
  return planned === null ? "" : (planned.policyId ?? subjectId(planned));
};

type Planned = Pick<PolicyChange, "before"> & { after: PlannedControlPolicy; root: Fact<string> };

/** What the plan attaches and detaches; what it does not speak of stays attached. */
function targetsAfter(live: Fact<string[]>, { before, after, root }: Planned): Fact<string[]> {
  if (isUnknown(live)) return live;
  const was = targetsIn(before, root);
  const now = targetsIn(after, root);
  if (isUnknown(was)) return was;
  if (isUnknown(now)) return now;
  const kept = live.filter((each) => !was.includes(each) || now.includes(each));
  return [...new Set([...kept, ...now])].sort();
}

/** Where it is attached, with the root by its id; unknown where one of them is. */
function targetsIn(planned: PlannedControlPolicy | null, root: Fact<string>): Fact<string[]> {
  if (planned === null) return [];
  if (planned.open !== null) return planned.open;
  const targets = planned.attachments.map(({ target, presence }) =>
    isUnknown(presence) ? presence : literal(target, root),
  );
  return targets.find(isUnknown) ?? targets.filter(isKnown);
}

/** An organization has one root. */
function rootOf(accounts: readonly ListedAccount[]): Fact<string> {
  for (const { parents } of accounts) {
    const [first] = isUnknown(parents) ? [] : parents;
    if (first?.startsWith("r-")) return first;
  }
  return unknown("not-collected", { detail: "the id of the organization's root" });
}
