import type { AccountRecord } from "../snapshot/account-record.ts";
import { isUnknown, type Unknown, unknownMore } from "../snapshot/unknown.ts";
import type { Caller, Place } from "./call.ts";
import { type Notebook, openNotebook } from "./evidence.ts";
import { identityPolicies } from "./identity-policies.ts";
import { regionRecord } from "./region.ts";
import { accountRegions, type EnabledRegion } from "./regions.ts";
import type { Run } from "./run.ts";

/** Emits one account with all its regions, after every resource that they refer to. */
export async function accountRecord(run: Run, accountId: string): Promise<void> {
  const notebook = openNotebook();
  const { caller, evidence } = await run.scope.session(accountId);
  for (const call of evidence) notebook.tells(["/unreachable"], call);
  const facts = isUnknown(caller) ? unreachable(caller, run) : await audited(run, caller, notebook);
  // Renewed on the way, perhaps.
  for (const call of evidence) notebook.note(call);
  const { observations, sources } = notebook;
  await run.emit({ kind: "account", id: accountId, ...facts, observations, sources });
  run.views.forget(accountId);
  run.monitoring.forget(accountId);
}

type Facts = Pick<
  AccountRecord,
  "unreachable" | "identityPolicies" | "regionsFrom" | "regions" | "regionsOutsideScope"
>;

const unreachable = (why: Unknown, { request }: Run): Facts => ({
  unreachable: why,
  identityPolicies: request.identityPolicies ? why : null,
  regionsFrom: null,
  regions: [unknownMore(why)],
  regionsOutsideScope: [],
});

async function audited(run: Run, caller: Caller, notebook: Notebook): Promise<Facts> {
  const [identities, told] = await Promise.all([
    identityPolicies(run, caller, notebook),
    accountRegions(run, caller, notebook),
  ]);
  const { regionsFrom, regionsOutsideScope, regions, open } = told;
  const records = await Promise.all(
    regions.map((region, index) =>
      regionRecord(run, region, {
        place: placeOf(caller, region),
        notebook,
        pointer: `/regions/${index}`,
      }),
    ),
  );
  const ended = open === null ? records : [...records, unknownMore(open)];
  return {
    unreachable: null,
    identityPolicies: identities,
    regionsFrom,
    regionsOutsideScope,
    regions: ended,
  };
}

/** A refused token means that a region is disabled only where it is not known to be enabled. */
function placeOf(caller: Caller, { name, optStatus }: EnabledRegion): Place {
  const enabled = optStatus === "ENABLED" || optStatus === "ENABLED_BY_DEFAULT";
  return { caller, region: name, enabled };
}
