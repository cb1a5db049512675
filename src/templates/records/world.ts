import { createHash } from "node:crypto";
import { standIn } from "../../snapshot/stand-in.ts";
import { isUnknown, type Unknown } from "../../snapshot/unknown.ts";
import type { TemplateResource, TemplateState, Unseen } from "../resource.ts";
import { type Kind, kindOf } from "./kinds.ts";
import { given } from "./read.ts";

/** One plan or template, at one time, and the stack that it describes. */
export type StackState = { stack: string; state: TemplateState };

/** A resource with where it stands, and the texts that name it. */
export type Planned = {
  id: string;
  kind: Kind;
  stack: string;
  resource: TemplateResource;
  values: TemplateResource["values"];
  account: string;
  region: string;
  partition: string;
};

/** All that the inputs describe, and how its parts refer to one another. */
export type World = {
  planned: readonly Planned[];
  byId: ReadonlyMap<string, Planned>;
  byKind: ReadonlyMap<Kind, readonly Planned[]>;
  /** By stack: why there may be resources that are not listed. */
  unseen: ReadonlyMap<string, Unseen>;
  /** How many texts were not known: no two of them are the same. */
  count: { texts: number };
  /** What attributes of planned resources will be, as far as that was asked. */
  texts: Map<string, string>;
};

/** Reads what all inputs describe together. */
export function worldOf(states: readonly StackState[]): World {
  const planned: Planned[] = [];
  const unseen = new Map<string, Unseen>();
  for (const { stack, state } of states) {
    if (state.open !== null) {
      unseen.set(stack, state.unseen ?? { modules: [], otherwise: state.open });
    }
    const own = state.resources.flatMap((resource) => {
      const kind = kindOf(resource);
      return kind === undefined ? [] : [{ resource, kind }];
    });
    const written = writtenFor(own.map(({ resource }) => resource));
    for (const { resource, kind } of own) planned.push(placed({ stack, written }, resource, kind));
  }
  const byId = new Map(planned.map((each) => [each.id, each]));
  return {
    planned,
    byId,
    byKind: grouped(planned),
    unseen,
    count: { texts: 0 },
    texts: new Map(),
  };
}

/** The partition whose ARNs a stack writes out: it works nowhere else. Null: none, or several. */
function writtenFor(resources: readonly TemplateResource[]): string | null {
  const found = new Set<string>();
  for (const { values } of resources) {
    const named = JSON.stringify(values).matchAll(/\barn:(aws[a-z-]{0,20}):/g);
    for (const [, partition = ""] of named) found.add(partition);
  }
  const [only, ...others] = found;
  return others.length > 0 ? null : (only ?? null);
}

function grouped(planned: readonly Planned[]): Map<Kind, Planned[]> {
  const groups = new Map<Kind, Planned[]>();
  for (const each of planned) {
    const group = groups.get(each.kind);
    if (group === undefined) groups.set(each.kind, [each]);
    else group.push(each);
  }
  return groups;
}

/** The resources of these kinds. */
export const ofKinds = ({ byKind }: World, ...kinds: readonly Kind[]): readonly Planned[] =>
  kinds.flatMap((kind) => byKind.get(kind) ?? []);

/** The identity of a planned resource. */
export const idOf = (stack: string, address: string): string => `${stack}#${address}`;

type Stack = { stack: string; written: string | null };

function placed({ stack, written }: Stack, resource: TemplateResource, kind: Kind): Planned {
  const { accountId, region, values, address } = resource;
  const arn = literalArn(values);
  const where = isUnknown(region) ? (arn?.region ?? "") : region;
  return {
    id: idOf(stack, address),
    kind,
    stack,
    resource,
    values,
    account: isUnknown(accountId)
      ? arn?.account || openPlace("account", stack, accountId)
      : accountId,
    region: where === "" ? openPlace("region", stack, isUnknown(region) ? region : null) : where,
    partition:
      arn?.partition ?? partitionOf(where) ?? written ?? standIn(`the partition of ${stack}`),
  };
}

/** The same account, or region, for all resources of which the same is said. */
export function openPlace(what: "account" | "region", stack: string, why: Unknown | null): string {
  const detail = why?.$unknown.detail;
  const about = `the ${what} of ${stack}${detail === undefined ? "" : ` (${detail})`}`;
  // A stand-in keeps the beginning, by which two long ones may be the same.
  if (about.length <= 200) return standIn(about);
  const digest = createHash("sha256").update(about).digest("hex");
  return standIn(`${about.slice(0, 200)}… ${digest}`);
}

function literalArn(values: TemplateResource["values"]) {
  const arn = given(values, "arn");
  if (typeof arn !== "string") return null;
  const [prefix, partition = "", , region = "", account = ""] = arn.split(":");
  return prefix === "arn" ? { partition, region, account } : null;
}

const PARTITIONS: readonly [RegExp, string][] = [
  [/^cn-/, "aws-cn"],
  [/^us-gov-/, "aws-us-gov"],
  [/^eusc-/, "aws-eusc"],
  [/^us-iso-/, "aws-iso"],
  [/^us-isob-/, "aws-iso-b"],
  [/^(?:af|ap|ca|eu|il|me|mx|sa|us)-[a-z]+-\d+$/, "aws"],
];

const partitionOf = (region: string): string | undefined =>
  PARTITIONS.find(([names]) => names.test(region))?.[1];
