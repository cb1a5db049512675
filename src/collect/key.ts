import type { KeyRecord } from "../snapshot/resources/key.ts";
import { type Unknown, unknown } from "../snapshot/unknown.ts";
import type { Output } from "./api.ts";
import { parseArn } from "./arn.ts";
import { type Place, told, toldOr } from "./call.ts";
import type { Notebook } from "./evidence.ts";
import { flag, oneOf, text, textOrNull, timeOrNull } from "./given.ts";
import { ownedRecord } from "./owned.ts";
import type { Run } from "./run.ts";

type Facts = Omit<
  KeyRecord,
  "kind" | "type" | "arn" | "accountId" | "region" | "observations" | "sources"
>;

/** Emits the KMS key that a trail names, once in a run, asked in its own account and region. */
export function keyRecord(run: Run, arn: string): Promise<void> {
  const parts = parseArn(arn);
  // A name that is no ARN does not tell whose key it is: the trail keeps the name, and no key is known.
  if (parts === null) return Promise.resolve();
  return ownedRecord(
    run,
    { arn, parts },
    {
      nothingKnown,
      facts: (place, notebook) => keyFacts(run, { arn, place, notebook }),
      record: (base, facts) => ({ ...base, type: "key", ...facts }),
    },
  );
}

const nothingKnown = (why: Unknown): Facts => ({
  exists: why,
  enabled: why,
  state: why,
  deletionDate: why,
  manager: why,
  origin: why,
  spec: why,
  isMultiRegion: why,
  rotationEnabled: why,
  policy: why,
});

type About = { arn: string; place: Place; notebook: Notebook };

async function keyFacts(run: Run, about: About): Promise<Facts> {
  const { arn, place, notebook } = about;
  const described = await run.ask("kms:DescribeKey", place, { KeyId: arn });
  notebook.tells([""], described.evidence);
  if (!described.ok && described.code === "NotFoundException") {
    const absent = nothingKnown(unknown("not-collected", { detail: "KMS has no such key" }));
    return { ...absent, exists: false, enabled: false };
  }
  const key = described.ok ? described.value.KeyMetadata : undefined;
  const [rotationEnabled, policy] = await Promise.all([
    rotation(run, about, key),
    keyPolicy(run, about, key),
  ]);
  const base = described.ok ? metadataFacts(key) : nothingKnown(described.unknown);
  return { ...base, rotationEnabled, policy };
}

type Metadata = Output<"kms:DescribeKey">["KeyMetadata"];

function metadataFacts(key: Metadata): Omit<Facts, "rotationEnabled" | "policy"> {
  return {
    exists: key === undefined ? unknown("unsupported", { detail: "no KeyMetadata" }) : true,
    enabled: flag(key?.Enabled, "Enabled"),
    state: text(key?.KeyState, "KeyState"),
    deletionDate: timeOrNull(key?.DeletionDate, "DeletionDate"),
    manager: oneOf(key?.KeyManager, "KeyManager", ["AWS", "CUSTOMER"]),
    origin: text(key?.Origin, "Origin"),
    spec: text(key?.KeySpec, "KeySpec"),
    isMultiRegion: flag(key?.MultiRegion, "MultiRegion"),
  };
}

async function rotation(run: Run, { arn, place, notebook }: About, key: Metadata) {
  // A replica's rotation is set, and told, at its primary key.
  const primary = key?.MultiRegionConfiguration?.PrimaryKey;
  const region = primary?.Region ?? place.region;
  const KeyId = primary?.Arn ?? key?.Arn ?? arn;
  const answer = await run.ask("kms:GetKeyRotationStatus", { ...place, region }, { KeyId });
  notebook.tells(["/rotationEnabled"], answer.evidence);
  const none = { code: "UnsupportedOperationException", means: null };
  return toldOr(answer, none, (value) => flag(value.KeyRotationEnabled, "KeyRotationEnabled"));
}

async function keyPolicy(run: Run, { arn, place, notebook }: About, key: Metadata) {
  // Neither of the two takes an alias.
  const asked = { KeyId: key?.Arn ?? arn, PolicyName: "default" };
  const answer = await run.ask("kms:GetKeyPolicy", place, asked);
  notebook.tells(["/policy"], answer.evidence);
  return told(answer, ({ Policy }) => textOrNull(Policy, "Policy"));
}
