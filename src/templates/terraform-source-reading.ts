import { type Unknown, unknown } from "../snapshot/unknown.ts";
import type { Scope } from "./hcl/evaluate.ts";
import type { Block } from "./hcl/syntax.ts";
import type { Term } from "./hcl/term.ts";
import { unresolved } from "./hcl/term.ts";
import type { Work } from "./hcl/work.ts";
import type { Configuration } from "./terraform-source-configuration.ts";
import type { Parsed } from "./terraform-source-folder.ts";
import type { Value } from "./value.ts";

/** What the command knows of a stack beside its files. */
export type SourceOptions = {
  /** The stack's name. */
  stack: string;
  /** Values of variables, which go before those of all files; texts as `-var` takes them. */
  variables?: { readonly [name: string]: Value };
  /** Paths of variable files, relative to the root of `Files`, the last one first in rank. */
  variableFiles?: readonly string[];
  /** The region of providers that name none. */
  region?: string;
  /** The account of providers that assume no role. */
  accountId?: string;
};

/** A call of a module from a registry or repository that is not at hand. */
export type UnseenCall = { module: Module; block: Block; source: string; why: Unknown };

/** One reading of one root folder. */
export type Reading = {
  parsed: Parsed;
  /** The root module's folder. */
  folder: string;
  options: SourceOptions;
  work: Work;
  given: ReadonlyMap<string, Term>;
  configurations: Map<string, Configuration>;
  /** Why there may be resources that were not seen. */
  open: Unknown[];
  /** Calls of modules that are not at hand. */
  unseen: UnseenCall[];
  /** Root variables that were taken at their defaults. */
  defaults: Set<string>;
  /** Root variables that were asked for. */
  asked: Set<string>;
  /** Files that were read as texts. */
  texts: Set<string>;
  /** Where `terraform init` put modules, by their path of calls: `audit.bucket`. */
  installed: ReadonlyMap<string, string>;
  moduleCount: number;
};

/** One instance of a module; the root is one too. */
export type Module = {
  reading: Reading;
  /** `module.audit["eu"]`; empty for the root. */
  address: string;
  configuration: Configuration;
  /** Where it is called from, in what scope; null: it is the root. */
  call: { block: Block; module: Module; scope: Scope } | null;
  presence: true | Unknown;
  /** What was worked out already. */
  memo: Map<string, Term>;
  instances: Map<string, Instances>;
};

export type Instance = {
  /** As Terraform writes it behind the name: `[0]`, `["eu"]`, `[*]` where it is not known, or nothing. */
  suffix: string;
  scope: Scope;
  presence: true | Unknown;
};

/** All instances of one block; `open` says why there may be others. */
export type Instances = {
  shape: "one" | "list" | "map" | "open";
  byKey: ReadonlyMap<string | number, Instance>;
};

/** Works something out once; what depends on itself is unresolved. */
export function once(module: Module, key: string, compute: () => Term): Term {
  if (module.memo.has(key)) return module.memo.get(key) ?? null;
  module.memo.set(key, unresolved(`${key}, which depends on itself`));
  const term = compute();
  module.memo.set(key, term);
  return term;
}

/** Why something may be there that is not listed. */
export function mayHold(detail: string): Unknown {
  return unknown("unresolved", { detail: detail.slice(0, 300) });
}
