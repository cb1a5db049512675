import type { Location } from "../snapshot/location.ts";
import type { Fact, Unknown } from "../snapshot/unknown.ts";
import type { Value } from "./value.ts";

/** One resource as a plan or template describes it, at one time. */
export type TemplateResource = {
  dialect: "terraform" | "cloudformation";
  /** As its language spells it: `aws_cloudtrail`, `AWS::CloudTrail::Trail`. */
  type: string;
  /**
   * What it is called in its stack: `module.audit["eu"].aws_cloudtrail.main[0]`, or a logical id with
   * the ids of the nested stacks around it before it, joined by `/`.
   */
  address: string;
  /** What people call it where its address is a machine's: a CDK construct's path; null: its address. */
  title: string | null;
  /**
   * Its attributes, spelled as there; what is left out is absent, no default filled in. What
   * CloudFormation says beside the properties is under `$deletionPolicy` and `$updateReplacePolicy`,
   * and what Terraform is told by `prevent_destroy` under `$preventDestroy`.
   */
  values: { readonly [attribute: string]: Value };
  /** `true`, or why it is not known whether there will be such a resource (a count, a condition). */
  presence: true | Unknown;
  region: Fact<string>;
  accountId: Fact<string>;
  /**
   * Where the attribute at this JSON pointer is written, else the nearest around it, else the
   * resource itself; null: its source is not at hand.
   */
  locate: (pointer: string) => Location | null;
};

/** What the arguments of a call lead to: addresses of resources without their keys, and texts as written. */
export type Handed = { resources: ReadonlySet<string>; texts: ReadonlySet<string> };

/** A call of a module from a registry or repository that is not at hand, so that it may hold anything. */
export type UnseenModule = {
  /** `module.vpc`, with its key: `module.audit["eu"]`. */
  address: string;
  source: string;
  /** Why nothing more is known of it. */
  why: Unknown;
  /** As they are computed, `source` and `version` among them. */
  arguments: { readonly [name: string]: Value };
  /** Null: that is too much to tell. */
  handed: Handed | null;
};

/** Why a state may not list all resources: modules that are not at hand, and any other reason. */
export type Unseen = { modules: readonly UnseenModule[]; otherwise: Unknown | null };

/** All resources that one input describes, at one time and under one assumption. */
export type TemplateState = {
  /** What was taken for granted, as in `IsProd is false`, where the input leaves it open; null: nothing. */
  assuming: string | null;
  resources: readonly TemplateResource[];
  /** Why there may be resources that are not listed (a module that is not at hand); null: there are none. */
  open: Unknown | null;
  /** The same in parts, where some of it is modules; absent: it is not. */
  unseen?: Unseen;
  /**
   * The file of values that this takes it to be applied with although nobody says so, from where the
   * source lies; absent: none. What several stacks call the same they are taken to be applied with together.
   */
  appliedWith?: string;
};

/** What a plan does to one resource. */
export type PlannedChange = {
  address: string;
  /** Where it was before it moved within the stack; null: it did not. */
  previousAddress: string | null;
  action: "create" | "update" | "replace" | "delete" | "forget" | "no-op";
};

/** One plan, source folder or template that was read. */
export type TemplateInput = {
  kind: "terraform-plan" | "terraform-source" | "cloudformation" | "cdk";
  /** As given, or found, relative to the root. */
  path: string;
  /** The stack that it describes; with an address it identifies a resource. */
  stack: string;
  /** The state before the change; null: the input does not tell it, the base does. */
  before: TemplateState | null;
  /**
   * The state after it: one, or one for each assumption under which a template means something
   * else. A resource that is the same under several is the same object in each, as is one that a plan
   * leaves untouched; where it touches none the state before is the state after.
   */
  after: readonly [TemplateState, ...TemplateState[]];
  /** What the plan does, by address; of Terraform source what its `moved` blocks say, else nothing. */
  changes: readonly PlannedChange[];
  /** Other files that were read as parts of it (nested templates, folders of modules): not to be judged by themselves. */
  parts: readonly string[];
  /** What the reader should know, each a sentence: what was passed over, what was assumed. */
  notes: readonly string[];
  /** Files that it reads as texts: what they hold is judged where it is used. */
  texts?: readonly string[];
  /** The variables or parameters of the stack itself that were asked for, given a value or not. */
  asked?: readonly string[];
};
