import { expect, test } from "vitest";
import type { Observation, Provenance } from "../../src/snapshot/observation.ts";
import type { SubjectKind } from "../../src/subjects/schema/kinds.ts";
import {
  aBucket,
  aKey,
  aLogGroup,
  anAccount,
  aRegion,
  aSnapshot,
  aTrail,
  MANAGEMENT,
  subjectsOf,
} from "./a-snapshot.ts";

function told(sources: Record<string, string>): Provenance {
  const observations = Object.values(sources).map(
    (requestId): Observation => ({
      operation: "cloudtrail:Anything",
      accountId: MANAGEMENT,
      region: "us-east-1",
      time: null,
      requestId,
      principal: null,
      outcome: "ok",
    }),
  );
  return {
    observations,
    sources: Object.fromEntries(Object.keys(sources).map((at, i) => [at, i])),
  };
}

const records = aSnapshot({
  organization: told({ "/trustedAccess": "access" }),
  resources: [
    aTrail(told({ "": "describe", "/eventSelectors": "selectors" })),
    aBucket(
      told({
        "/accountId": "owner",
        "/exists": "head",
        "/policyIsPublic": "policy",
        "/versioning": "versions",
      }),
    ),
    aKey(told({ "": "key", "/rotationEnabled": "rotation" })),
    aLogGroup(told({ "": "group" })),
  ],
  accounts: [
    anAccount(MANAGEMENT, [aRegion("us-east-1", []), aRegion("eu-west-1")], {
      ...told({
        "/regions": "regions",
        "/regions/1/trails": "trails",
        "/regions/1/trails/0/status": "status",
      }),
    }),
  ],
});

test.each<[SubjectKind, string, string | null]>([
  ["account", "/hasMultiRegionTrailLogging", "regions"],
  ["region", "/optStatus", "regions"],
  ["region", "/coverage/managementReads", "trails"],
  ["region", "/trails/0/isLogging", "status"],
  ["replica", "/isLogging", "status"],
  ["replica", "/digest/ageHours", "status"],
  ["replica", "/digest/expected", "describe"],
  ["replica", "/trailArn", "describe"],
  ["trail", "/isMultiRegion", "describe"],
  ["trail", "/management/managementReads", "selectors"],
  ["trail", "/bucket/owner", "owner"],
  ["trail", "/bucket/exists", "head"],
  ["trail", "/kmsKey/owner", "describe"],
  ["trail", "/kmsKey/enabled", "key"],
  ["trail", "/logGroup/exists", "group"],
  ["bucket", "/owner", "owner"],
  ["bucket", "/isPublic", "policy"],
  ["bucket", "/versioning", "versions"],
  ["bucket", "/mfaDelete", null],
  ["key", "/rotationEnabled", "rotation"],
  ["key", "/enabled", "key"],
  ["log-group", "/exists", "group"],
  ["organization", "/trustedAccess", "access"],
  ["organization", "/coversEveryAccount", null],
])("the request behind %s %s: %s", async (kind, pointer, expected) => {
  const subject = (await subjectsOf(records)).findLast((each) => each.kind === kind);
  expect(subject?.requestId(pointer)).toBe(expected);
});
