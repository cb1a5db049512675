import type { ResourcePolicy } from "@aws-sdk/client-cloudwatch-logs";
import type { NamedPolicy } from "../snapshot/resources/named-policy.ts";
import { type Unknown, unknown } from "../snapshot/unknown.ts";
import { type Alarms, alarmsOf } from "./alarms.ts";
import type { Ask, Place } from "./call.ts";
import { type EventRules, eventRules } from "./event-rules.ts";
import type { Evidence } from "./evidence.ts";
import { text } from "./given.ts";
import { everyPage } from "./pages.ts";

/** What was listed; `cut` says why there may be more. */
export type Listed<T> = { items: T; evidence: Evidence[]; cut: Unknown | null };

/** What one account's one region says once for all its trails and log groups. */
export type Monitoring = {
  alarms(place: Place): Promise<Listed<Alarms>>;
  resourcePolicies(place: Place): Promise<Listed<NamedPolicy[]>>;
  eventRules(place: Place): Promise<EventRules>;
  /** Frees what was kept of an account whose audit is done. */
  forget(accountId: string): void;
};

// A region takes ten resource policies of an account.
const MOST_PAGES = 20;

/** Remembers alarms, resource policies and EventBridge rules per account and region while the account is under audit. */
export function createMonitoring(ask: Ask): Monitoring {
  const alarms = remembering((place) => alarmsOf(ask, place));
  const policies = remembering((place) => resourcePolicies(ask, place, {}));
  const rules = remembering((place) => eventRules(ask, place));
  return {
    alarms: alarms.of,
    resourcePolicies: policies.of,
    eventRules: rules.of,
    forget(accountId) {
      alarms.forget(accountId);
      policies.forget(accountId);
      rules.forget(accountId);
    },
  };
}

/** CloudWatch Logs resource policies: the account's own, or those of one log group. */
export async function resourcePolicies(
  ask: Ask,
  place: Place,
  scope: { resourceArn?: string; policyScope?: "RESOURCE" },
): Promise<Listed<NamedPolicy[]>> {
  const { pages, evidence, cut } = await everyPage(
    (nextToken) => ask("logs:DescribeResourcePolicies", place, { ...scope, nextToken }),
    (page) => page.nextToken,
    MOST_PAGES,
  );
  const items = pages.flatMap((page) => page.resourcePolicies ?? []).map(readPolicy);
  return { items, evidence, cut };
}

/** A policy of a log group has no name. */
function readPolicy({ policyName, resourceArn, policyDocument }: ResourcePolicy): NamedPolicy {
  return {
    name: policyName ?? resourceArn ?? "",
    document: text(policyDocument, "policyDocument"),
  };
}

function remembering<T>(ask: (place: Place) => Promise<T>) {
  const accounts = new Map<string, Map<string, Promise<T>>>();
  return {
    of(place: Place): Promise<T> {
      const { accountId } = place.caller;
      const regions = accounts.get(accountId) ?? new Map<string, Promise<T>>();
      accounts.set(accountId, regions);
      const known = regions.get(place.region);
      if (known !== undefined) return known;
      const asked = ask(place);
      regions.set(place.region, asked);
      return asked;
    },
    forget(accountId: string): void {
      accounts.delete(accountId);
    },
  };
}

/** What a list tells, or why it may be longer. */
export const whole = <T>({ items, cut }: Listed<T>): T | Unknown => cut ?? items;

/** Why something is not known that only a longer list would tell. */
export const tooMany = (most: number, what: string): Unknown =>
  unknown("unsupported", { detail: `more than ${most} ${what}` });
