import { ANY, ANY_PART, globExtent } from "../../policy-document/glob.ts";

/** Trails that a pattern in a policy means. */
export type TrailSet = {
  /** As the policy writes it; null: all but those that it leaves out. */
  pattern: string | null;
  /** As a request for any of them names it. */
  resource: string;
  /** Whether those are all that the pattern means, and no others. */
  isExact: boolean;
};

const EVERY = `arn:${ANY_PART}:cloudtrail:${ANY_PART}:${ANY_PART}:trail/${ANY}`;

export const ALL_TRAILS: TrailSet = { pattern: null, resource: EVERY, isExact: true };

/** The trails that a resource of a policy means; null: it is about something else. */
export function trailsOf(pattern: string): TrailSet | null {
  const [arn, partition = "", service = "", region = "", account = "", ...rest] =
    pattern.split(":");
  if (pattern === "*" || rest.length === 0)
    return { pattern, resource: EVERY, isExact: pattern === "*" };
  const name = rest.join(":");
  if (globExtent(service, "cloudtrail").ever === false) return null;
  if (globExtent(name, `trail/${ANY}`).ever === false) return null;
  const part = (text: string) => text.replace(/[*?]+/g, ANY_PART);
  const trail = name === "*" ? `trail/${ANY}` : name.replace(/[*?]+/g, ANY);
  return {
    pattern,
    resource: `${arn}:${part(partition)}:cloudtrail:${part(region)}:${part(account)}:${trail}`,
    isExact: !/[?]|\$\{/.test(pattern) && trail.startsWith("trail/"),
  };
}

/**
 * The same trails in the partition that these patterns write out: an organization is in one, and a
 * policy that names another denies nothing.
 */
export function inPartitionOf({ resource }: TrailSet, patterns: readonly string[]): string {
  if (!resource.startsWith(`arn:${ANY_PART}:`)) return resource;
  const written = patterns.flatMap((each) => /^arn:([a-z-]{1,30}):/.exec(each)?.[1] ?? [])[0];
  return written === undefined ? resource : resource.replace(ANY_PART, written);
}
