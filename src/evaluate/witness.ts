import type { OrganizationRecord } from "../snapshot/organization-record.ts";
import type { HeaderRecord, SnapshotRecord } from "../snapshot/records.ts";
import type { SubjectContext } from "../subjects/join.ts";
import type { Subject } from "../subjects/schema/kinds.ts";
import { joining } from "../subjects/subjects.ts";
import {
  type AccountOutcome,
  type AccountReading,
  accountOutcomes,
  accountReading,
} from "./accounts.ts";
import { frameworksInScope, type ScopedFramework } from "./roll-up-scope.ts";
import { membersOf, type Scope } from "./scope.ts";
import { inScope } from "./scope-subjects.ts";

/** Makes subjects of records, and notes what is not about subjects: who asked, which accounts were read. */
export function witness(scope: Scope | null, context: SubjectContext) {
  let header: HeaderRecord | null = null;
  let organization: OrganizationRecord | null = null;
  const readings = new Map<string, AccountReading>();
  const note = (record: SnapshotRecord) => {
    if (record.kind === "header") header = record;
    if (record.kind === "organization") organization = record;
    if (record.kind === "account") readings.set(record.id, accountReading(record));
  };
  const read = async (
    records: AsyncIterable<SnapshotRecord>,
    meet: (subject: Subject) => void,
  ): Promise<void> => {
    const joined = joining(context);
    const sieve =
      scope === null
        ? { take: meet, end: () => {} }
        : inScope(() => membersOf(scope, organization), meet);
    for await (const record of records) {
      note(record);
      for (const subject of joined.take(record)) sieve.take(subject);
    }
    for (const subject of joined.rest()) sieve.take(subject);
    sieve.end();
  };
  const told = (proven: ReadonlySet<string>) => {
    if (header === null) throw new Error("a snapshot begins with a header");
    const accounts = accountOutcomes(organization, readings, proven);
    if (scope === null) return { header, accounts };
    const members = membersOf(scope, organization);
    return { header, accounts: accounts.filter(({ id }) => members.has(id)) };
  };
  return {
    read,
    told,
    asked: (frameworks: readonly ScopedFramework[], accounts: readonly AccountOutcome[]) =>
      frameworksInScope(frameworks, { scope, organization, accounts }),
  };
}
