import type { Before, Finding, FindingSubject } from "../../../evaluate/finding.ts";

/** What was seen of what a finding is about. */
export type Sight = {
  before: Before | null;
  /** Whether no trail at all is left in any of its regions. */
  isBare: boolean;
};

/** A finding of what will be so once the change is made. */
export function afterwards<F extends Finding>(finding: F, sight: Sight | undefined): F {
  const before = sight?.before ?? null;
  return {
    ...finding,
    message: messageOf(finding, sight?.isBare === true),
    standing: "regression" as const,
    ...(before === null ? {} : { before }),
  };
}

function messageOf({ policy, subject, regions, message }: Finding, isBare: boolean): string {
  if (isBare && policy === "region-management-events-recorded") {
    return `After this change no trail records ${listed(regions)} of ${accountOf(subject)}.`;
  }
  const isOne = subject.kind !== "organization" && subject.accountName !== null;
  const places = [
    ...(regions.length > 1 ? [`in ${listed(regions)}`] : []),
    ...(isOne ? [`account ${subject.accountName}`] : []),
  ];
  return `After this change: ${message}${places.length === 0 ? "" : ` (${places.join(", ")})`}`;
}

/** An account by its id, and its name where it has one. */
export function accountOf({ account, accountName }: FindingSubject): string {
  return `account ${account}${accountName === null ? "" : ` (${accountName})`}`;
}

const SHOWN = 6;

/** Some of a list in words. */
export function listed(names: readonly string[]): string {
  const more = names.length - SHOWN;
  const shown = more > 1 ? [...names.slice(0, SHOWN), `${more} more`] : names;
  const last = shown.at(-1) ?? "";
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(", ")} and ${last}`;
}
