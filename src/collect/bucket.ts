import type { BucketRecord } from "../snapshot/resources/bucket.ts";
import { type Fact, isUnknown, type Unknown, unknown } from "../snapshot/unknown.ts";
import { bucketAccess } from "./bucket-access.ts";
import { type Delivery, history } from "./bucket-history.ts";
import { bucketKeeping } from "./bucket-keeping.ts";
import { bucketOwner } from "./bucket-owner.ts";
import type { Caller, Place } from "./call.ts";
import { type Notebook, openNotebook } from "./evidence.ts";
import type { Run } from "./run.ts";

/** Where a bucket's configuration is asked, and by whom. */
export type BucketAsked = {
  run: Run;
  place: Place;
  /** The bucket, and the owner that S3 is to refuse anything but. */
  bucket: { Bucket: string; ExpectedBucketOwner: string };
  notebook: Notebook;
};

type Configuration = Omit<
  BucketRecord,
  "kind" | "type" | "arn" | "name" | "exists" | "accountId" | "region" | "observations" | "sources"
>;

/** Emits the bucket that a trail delivers to, once in a run, asked with its owner's identity. */
export function bucketRecord(run: Run, name: string, trail: Delivery): Promise<void> {
  const arn = `arn:${run.entry.partition}:s3:::${name}`;
  return run.once(arn, async () => {
    const notebook = openNotebook();
    const { caller, ...owner } = await bucketOwner({ run, name, trail: trail.parts, notebook });
    const configuration = await configured(run, { name, trail, caller, owner, notebook });
    const { observations, sources } = notebook;
    await run.emit({
      kind: "resource",
      type: "bucket",
      arn,
      name,
      ...owner,
      ...configuration,
      observations,
      sources,
    });
  });
}

async function configured(
  run: Run,
  about: {
    name: string;
    trail: Delivery;
    caller: Caller | null;
    owner: Pick<BucketRecord, "exists" | "accountId" | "region">;
    notebook: Notebook;
  },
): Promise<Configuration> {
  const { caller, name, notebook, owner } = about;
  if (caller === null) return nothingKnown(whyNot(owner));
  const { accountId } = caller;
  const region: Fact<string> = owner.region;
  if (isUnknown(region)) return nothingKnown(region);
  const asked: BucketAsked = {
    run,
    place: { caller, region },
    bucket: { Bucket: name, ExpectedBucketOwner: accountId },
    notebook,
  };
  const [access, keeping, past] = await Promise.all([
    bucketAccess(asked),
    bucketKeeping(asked),
    history(asked, about.trail),
  ]);
  return { ...access, ...keeping, history: past };
}

function whyNot({ accountId }: Pick<BucketRecord, "accountId">): Unknown {
  if (isUnknown(accountId)) return accountId;
  return unknown("outside-scope", {
    detail: "the bucket belongs to no account of the organization",
  });
}

const nothingKnown = (why: Unknown): Configuration => ({
  versioning: why,
  mfaDelete: why,
  encryption: why,
  publicAccessBlock: why,
  accountPublicAccessBlock: why,
  policy: why,
  policyIsPublic: why,
  aclGrants: why,
  objectOwnership: why,
  objectLock: why,
  accessLogging: why,
  lifecycleRules: why,
  aclOwner: why,
  replicationRules: why,
  requesterPays: why,
  history: why,
});
