import type { KeyRecord } from "../snapshot/resources/key.ts";
import { isUnknown, type Unknown, unknown } from "../snapshot/unknown.ts";
import type { Output } from "./api.ts";
import { type Arn, parseArn } from "./arn.ts";
import { type Caller, told, toldOr } from "./call.ts";
import { type Notebook, openNotebook } from "./evidence.ts";
import { flag, oneOf, text, textOrNull, timeOrNull } from "./given.ts";
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
  return run.once(arn, async () => {
    const notebook = openNotebook();
    const owner = await run.scope.access(parts.accountId);
    const facts = isUnknown(owner)
      ? nothingKnown(owner)
      : await keyFacts(run, { arn, parts, owner, notebook });
    const { observations, sources } = notebook;
    const { accountId, region } = parts;
    await run.emit({
      kind: "resource",
      type: "key",
      arn,
      accountId,
      region,
      ...facts,
      observations,
      sources,
    });
  });
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

type About = { arn: string; parts: Arn; owner: Caller; notebook: Notebook };

async function keyFacts(run: Run, about: About): Promise<Facts> {
  const { arn, parts, owner, notebook } = about;
  const place = { caller: owner, region: parts.region };
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

async function rotation(run: Run, { arn, parts, owner, notebook }: About, key: Metadata) {
  // A replica's rotation is set, and told, at its primary key.
  const primary = key?.MultiRegionConfiguration?.PrimaryKey;
  const region = primary?.Region ?? parts.region;
  const KeyId = primary?.Arn ?? key?.Arn ?? arn;
  const answer = await run.ask("kms:GetKeyRotationStatus", { caller: owner, region }, { KeyId });
  notebook.tells(["/rotationEnabled"], answer.evidence);
  const none = { code: "UnsupportedOperationException", means: null };
  return toldOr(answer, none, (value) => flag(value.KeyRotationEnabled, "KeyRotationEnabled"));
}

async function keyPolicy(run: Run, { arn, parts, owner, notebook }: About, key: Metadata) {
  // Neither of the two takes an alias.
  const asked = { KeyId: key?.Arn ?? arn, PolicyName: "default" };
  const answer = await run.ask("kms:GetKeyPolicy", { caller: owner, region: parts.region }, asked);
  notebook.tells(["/policy"], answer.evidence);
  return told(answer, ({ Policy }) => textOrNull(Policy, "Policy"));
}
