import { hasStandIn, withoutMarks } from "../snapshot/stand-in.ts";
import { type Fact, isUnknown } from "../snapshot/unknown.ts";
import type { Trail } from "./schema/trail.ts";

/** A record's identity: its ARN, and its place in a plan or template where it comes from one. */
type Named = { arn: string; planned?: { stack: string; address: string } };

/** What makes a subject this one: its ARN, or for a planned one its stack and address. */
export function subjectId({ arn, planned }: Named): string {
  return planned === undefined ? arn : `${planned.stack}#${planned.address}`;
}

/** How a resource is called: by its own name, or by its address where it has none yet. */
export function naming(record: Named, name: string): Pick<Trail, "id" | "name" | "arn"> {
  const { arn, planned } = record;
  return {
    id: subjectId(record),
    name: hasStandIn(name) ? (planned?.address ?? withoutMarks(name)) : name,
    arn: hasStandIn(arn) ? null : arn,
  };
}

/** An ARN for people: of a planned resource that has none yet, its address. */
export function shownArn(arn: string, record?: Named): string {
  return hasStandIn(arn) ? (record?.planned?.address ?? withoutMarks(arn)) : arn;
}

/** The subjects of these ARNs, each by its id. */
export function idsOf(
  arns: readonly Fact<string>[],
  records: ReadonlyMap<string, { record: Named }>,
): Fact<string>[] {
  return arns.map((arn) => {
    const record = isUnknown(arn) ? undefined : records.get(arn)?.record;
    return record === undefined ? arn : subjectId(record);
  });
}
