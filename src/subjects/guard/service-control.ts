import { and, any, not, or, type Truth } from "../../snapshot/logic.ts";
import type { OrganizationRecord } from "../../snapshot/organization-record.ts";
import {
  isKnown,
  isUnknown,
  openEnd,
  type Unknown,
  unknown,
  unknownMore,
} from "../../snapshot/unknown.ts";
import type { PolicyRequest } from "../policy-document/request.ts";
import { type Attachments, attachmentsOf, type Path, pathOf } from "./attachments.ts";
import type { ControlPolicy, Said } from "./control-policy.ts";

/** What service control policies say of a request by anybody in one account. */
export type Denied = {
  denied: Truth;
  /** Names of the policies that deny; an open end where others may. */
  by: (string | Unknown)[];
  /** Whom they leave out by a condition; an open end where that is not known. */
  exceptPrincipals: (string | Unknown)[];
};

/** Asks the service control policies on an account's way to the root about a request by the account. */
export type ServiceControl = (account: string, request: PolicyRequest) => Denied;

const NOT_DENIED: Denied = { denied: false, by: [], exceptPrincipals: [] };

/**
 * The service control policies of an organization. What they say is worked out once for accounts on
 * the same way to the root: ten thousand accounts share a handful. They never bind the management
 * account nor service-linked roles, of which only those who ask can know.
 */
export function serviceControl(organization: OrganizationRecord): ServiceControl {
  const { serviceControlPolicies: control, accounts } = organization;
  if (isUnknown(control)) return () => undecided(control);
  if (!control.enabled) return () => NOT_DENIED;
  const parents = new Map(accounts.map((listed) => [listed.id, listed.parents]));
  const attachments = attachmentsOf(control);
  const answers = new Map<string, Denied>();
  return (account, request) => {
    const path = pathOf(account, parents.get(account) ?? unknown("outside-scope"));
    const about = attachments.on(path).map((policy) => ({ policy, said: policy.about(request) }));
    const situation = { attachments, path, about };
    const key = keyOf(situation, account, request);
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = denied(situation);
    answers.set(key, answer);
    return answer;
  };
}

/** The answer where the policies themselves are not known. */
export function undecided(marker: Unknown): Denied {
  const open = [unknownMore(marker)];
  return { denied: marker, by: open, exceptPrincipals: open };
}

type Situation = {
  attachments: Attachments;
  path: Path;
  about: readonly { policy: ControlPolicy; said: Said }[];
};

/** The same for accounts about which the same policies say the same. */
function keyOf({ attachments, path, about }: Situation, account: string, request: PolicyRequest) {
  const levels = path.targets.map((target) =>
    about
      .filter(({ policy }) => attachments.isAttached(policy, target) === true)
      .map(({ policy }) => policy.id)
      .join(),
  );
  const isGeneral = path.open === null && about.every(({ said }) => said.isGeneral);
  const resource = request.resource.replaceAll(account, "");
  return `${request.action} ${resource} ${levels.join("/")} ${isGeneral ? "" : account}`;
}

function denied(situation: Situation): Denied {
  const { attachments, path, about } = situation;
  const denials = about.map(({ policy, said }) => ({
    name: policy.name,
    said,
    denied: and(
      or(
        ...path.targets.map((target) => attachments.isAttached(policy, target)),
        path.open ?? false,
      ),
      said.denied,
    ),
  }));
  const gaps = path.targets.map((target) => gapAt(target, situation));
  const truths = [...denials, ...gaps].map((each) => each.denied);
  const answer = or(...truths, path.open ?? false);
  const open = openEnd([...truths, path.open ?? false]);
  const by = [
    ...denials.filter((each) => each.denied === true).map(({ name }) => name),
    ...gaps.flatMap((gap) => gap.by),
  ];
  return {
    denied: answer,
    by: [
      ...[...new Set(by.filter(isKnown))].sort(),
      ...openEnd([...truths, ...by, path.open ?? false]),
    ],
    exceptPrincipals: exceptions({ answer, denials, gaps, open }),
  };
}

type Gap = { denied: Truth; by: (string | Unknown)[] };

/**
 * What no policy at a level allows is denied there, whatever the levels above and below allow. AWS
 * keeps a policy at every level: where the list shows none it was FullAWSAccess that was left out.
 */
function gapAt(target: string, { attachments, about }: Situation): Gap {
  const attached = about.map(({ policy, said }) => ({
    name: policy.name,
    is: attachments.isAttached(policy, target),
    said,
  }));
  const here = any(attached, ({ is }) => is);
  const allowed = any(attached, ({ is, said }) => and(is, said.allowed));
  const answer = and(here, not(allowed));
  const by = attached.flatMap(({ is, name }): Gap["by"] =>
    isUnknown(is) ? [is] : is ? [name] : [],
  );
  return { denied: answer, by: answer === true ? by : [] };
}

type Reasons = {
  answer: Truth;
  denials: readonly { denied: Truth; said: Said }[];
  gaps: readonly Gap[];
  open: Unknown[];
};

/** One denial without exceptions leaves nobody out, whatever the others do. */
function exceptions({ answer, denials, gaps, open }: Reasons): (string | Unknown)[] {
  if (answer === false) return [];
  const lists = denials
    .filter((each) => each.denied === true)
    .map(({ said }) => said.exceptPrincipals);
  const isWhole =
    lists.some((list) => list.length === 0) || gaps.some((gap) => gap.denied === true);
  if (isWhole) return [];
  return open.length > 0 ? open : [...new Set(lists.flat())].sort();
}
