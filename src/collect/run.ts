import type { SnapshotRecord } from "../snapshot/records.ts";
import type { Fact, Unknown } from "../snapshot/unknown.ts";
import type { Output } from "./api.ts";
import type { Answer, Ask, Caller, Place } from "./call.ts";
import type { Entry } from "./entry.ts";
import type { Monitoring } from "./monitoring.ts";
import type { ScanRequest } from "./request.ts";
import type { Session } from "./sessions.ts";

/** Whose accounts the run may enter. */
export type Scope = {
  /** Account ids that are audited. */
  expected: ReadonlySet<string>;
  /** Whether that is every working account of the organization. */
  isWhole: boolean;
  /** Expected accounts in the order in which a bucket's owner is likely among them. */
  likelyOwners: readonly string[];
  /** The identity in an account; unknown where it is outside the scope or cannot be entered. */
  access(accountId: string): Promise<Caller | Unknown>;
  /** As `access`, with the calls that it took. */
  session(accountId: string): Promise<Session>;
};

/** DescribeTrails of one account's one region, asked once while the account is under audit. */
export type Views = {
  of(place: Place): Promise<Answer<Output<"cloudtrail:DescribeTrails">>>;
  forget(accountId: string): void;
};

/** What the parts of a run share. */
export type Run = {
  ask: Ask;
  request: ScanRequest;
  entry: Entry;
  /** Where the partition's global services answer. */
  leader: string;
  /** The region where the run starts: for STS, and where any region will do. */
  region: string;
  scope: Scope;
  views: Views;
  monitoring: Monitoring;
  /** As in `o-exampleorgid`: a folder in the buckets of organization trails. */
  organizationId: Fact<string>;
  emit(record: SnapshotRecord): Promise<void>;
  /** Runs what makes the record of this name once in a run; all who ask wait for it. */
  once(name: string, make: () => Promise<void>): Promise<void>;
  /** S3's block of public access for a whole account, asked once. */
  accountBlock(place: Place): Promise<Answer<Output<"s3control:GetPublicAccessBlock">>>;
};
