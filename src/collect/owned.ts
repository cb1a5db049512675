import type { Provenance } from "../snapshot/observation.ts";
import type { ResourceRecord } from "../snapshot/resources/resource.ts";
import { isUnknown, type Unknown } from "../snapshot/unknown.ts";
import type { Arn } from "./arn.ts";
import type { Place } from "./call.ts";
import { type Notebook, openNotebook } from "./evidence.ts";
import type { Run } from "./run.ts";

/** What every record of a resource begins with that has account and region in its ARN. */
type Base = Provenance & { kind: "resource"; arn: string; accountId: string; region: string };

/** How the record of one type of resource is made. */
type Making<F> = {
  /** Its facts where its owner cannot be asked. */
  nothingKnown: (why: Unknown) => F;
  /** Its facts as its owner is told them, in the resource's own region. */
  facts: (place: Place, notebook: Notebook) => Promise<F>;
  record: (base: Base, facts: F) => ResourceRecord;
};

/** Emits a resource that is named by its ARN, once in a run, asked in its own account and region. */
export function ownedRecord<F>(
  run: Run,
  { arn, parts: { accountId, region } }: { arn: string; parts: Arn },
  { nothingKnown, facts, record }: Making<F>,
): Promise<void> {
  return run.once(arn, async () => {
    const notebook = openNotebook();
    const owner = await run.scope.access(accountId);
    const told = isUnknown(owner)
      ? nothingKnown(owner)
      : await facts({ caller: owner, region }, notebook);
    const { observations, sources } = notebook;
    const base: Base = { kind: "resource", arn, accountId, region, observations, sources };
    await run.emit(record(base, told));
  });
}
