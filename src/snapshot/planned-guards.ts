import type { Truth } from "./logic.ts";
import type { Provenance } from "./observation.ts";
import type { Fact, Unknown } from "./unknown.ts";

// What denies tampering with trails, or tells of it, as plans and templates have it. A snapshot has
// the same where AWS told it: with the organization, and with each trail.

type Guard<K extends string> = Provenance & {
  type: K;
  /** With stand-ins for what is not known, as name, account and region. */
  arn: string;
  planned: { stack: string; address: string };
  name: string;
  accountId: string;
  region: string;
};

/** A document as it is read, and as it is written: two that cannot be read may be the same. */
export type PlannedDocument = { text: Fact<string>; written: string };

/** What a service control policy is attached to, and the resource that says so. */
export type PlannedAttachment = {
  /** `stack#address`; the policy's own where it names its targets itself. */
  id: string;
  /** The id of a root, a unit or an account; a stand-in where it is not known. */
  target: string;
  presence: true | Unknown;
  /** What stands in the place of the request id that told it. */
  told: string;
};

/** A service control policy. */
export type PlannedControlPolicy = Guard<"service-control-policy"> & {
  /** As in p-1234abcd; null: AWS has not made it yet, or the template does not tell. */
  policyId: string | null;
  /** Whether it is one: Organizations has policies of other types. */
  isServiceControl: Truth;
  content: PlannedDocument;
  /** Those that the inputs tell of; others may have attached it too. */
  attachments: readonly PlannedAttachment[];
  /** Why the policy's own list of targets is not known; null: it is. */
  open: Unknown | null;
};

/** An EventBridge rule that reacts to events. */
export type PlannedEventRule = Guard<"event-rule"> & {
  enabled: Truth;
  pattern: PlannedDocument;
  /** By name; null: the default one. */
  bus: Fact<string | null>;
  /** The ids of the resources that are its targets; its own for each that it names itself. */
  targets: Fact<readonly string[]>;
};

/** The organization, or a part of it, as a stack of its management account describes it. */
export type PlannedOrganization = Guard<"organization"> & {
  /** What is on of that on which trails and their guards hang; not listed: nothing is said of it. */
  switches: { readonly [K in OrganizationSwitch]?: Truth };
};

/** All features, service control policies, and CloudTrail's access to the accounts. */
export type OrganizationSwitch = "allFeatures" | "controlPolicies" | "trustedAccess";

/** What keeps a bucket or a key from being deleted, and what lies in it. */
export type PlannedKeeper = {
  /** What the template calls it. */
  name: string;
  holds: Truth;
  /** How it reads where it holds, and how it does here where it does not. */
  was: string;
  is: string;
  /** Whether it is a word to Terraform about this very block, which one that moves leaves behind. */
  isOfBlock: boolean;
};

/** What of this a side of a change describes. */
export type PlannedGuards = {
  policies: readonly PlannedControlPolicy[];
  /** Attachments of policies that no input describes. */
  strays: readonly (PlannedAttachment & { policyId: string; address: string })[];
  rules: readonly PlannedEventRule[];
  organizations: readonly PlannedOrganization[];
  /** By the ids of buckets and keys. */
  keepers: ReadonlyMap<string, readonly PlannedKeeper[]>;
};

/** Where nothing of it is described. */
export const NO_GUARDS: PlannedGuards = {
  policies: [],
  strays: [],
  rules: [],
  organizations: [],
  keepers: new Map(),
};
