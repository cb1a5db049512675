import { AuditError } from "../../errors.ts";
import { firstFew } from "../../snapshot/first-few.ts";
import { unknown } from "../../snapshot/unknown.ts";
import type { Files } from "../../templates/files.ts";
import type { TemplateInput } from "../../templates/resource.ts";
import type { Read } from "./names.ts";
import { shown } from "./paths.ts";
import { readOne } from "./read-one.ts";
import { nothingKnown } from "./recognise.ts";
import type { Chosen } from "./stacks.ts";

/** What was read, and what of it is not judged, each a sentence. */
export type AllRead = { read: Read[]; passedOver: string[] };

/**
 * Reads all that was chosen. What was asked for and cannot be read throws; what was only found, and
 * whatever is at the base, is then an input of which nothing is known.
 */
export async function readAll(
  files: Files,
  chosen: readonly Chosen[],
  side: "head" | "base",
): Promise<AllRead> {
  const all: AllRead = { read: [], passedOver: [] };
  const failures: AuditError[] = [];
  for (const each of chosen) {
    const inputs = await attempt(files, each, side);
    if (inputs instanceof AuditError) {
      failures.push(inputs);
      all.read.push({ chosen: each, input: withheld(each, inputs.message) });
      all.passedOver.push(`It cannot be read, so nothing is known of it: ${inputs.message}.`);
    } else if (inputs.length > 0 || each.kind === "cdk") {
      all.read.push(...inputs.map((input) => ({ chosen: each, input })));
    } else if (side === "head" && each.isNamed) throw nothingKnown(each.path);
    else if (each.kind === "template") all.passedOver.push(...noTemplate(files, each.path));
  }
  const [first] = failures;
  // Where there is nothing else, nothing was judged at all.
  if (side === "head" && first !== undefined && failures.length === all.read.length) throw first;
  return withoutNested(all);
}

async function attempt(
  files: Files,
  chosen: Chosen,
  side: "head" | "base",
): Promise<readonly TemplateInput[] | AuditError> {
  try {
    return await readOne(files, chosen, side);
  } catch (error) {
    const isHarmless = side === "base" || !chosen.isNamed;
    if (error instanceof AuditError && isHarmless) return error;
    throw error;
  }
}

const KINDS = {
  plan: "terraform-plan",
  terraform: "terraform-source",
  template: "cloudformation",
  cdk: "cdk",
} as const;

/** An input of which it is only known that it is there. */
function withheld({ kind, path }: Chosen, why: string): TemplateInput {
  const open = unknown("unresolved", { detail: why.slice(0, 300) });
  return {
    kind: KINDS[kind],
    path,
    stack: path,
    before: kind === "plan" ? { assuming: null, resources: [], open } : null,
    after: [{ assuming: null, resources: [], open }],
    changes: [],
    parts: [],
    notes: [`It cannot be read: ${why}.`],
  };
}

/** Serverless applications and such keep resources of CloudFormation in files of their own kind. */
function noTemplate(files: Files, path: string): string[] {
  const text = new TextDecoder("utf-8").decode(files.read(path) ?? new Uint8Array());
  if (!text.includes("AWS::CloudTrail::")) return [];
  return [`${shown(path)} speaks of CloudTrail and is no template by itself: it is not judged.`];
}

/** Leaves out templates that were only found and are nested in others, where they are judged. */
function withoutNested({ read, passedOver }: AllRead): AllRead {
  const parents = new Map<string, TemplateInput[]>();
  for (const { input } of read) {
    for (const part of input.parts) parents.set(part, [...(parents.get(part) ?? []), input]);
  }
  const dropped = new Set<string>();
  const isNested = ({ path, parts, kind }: TemplateInput) =>
    kind === "cloudformation" &&
    // Of templates that are nested in each other the first is kept.
    (parents.get(path) ?? []).some(
      (each) => !dropped.has(each.path) && !(parts.includes(each.path) && path < each.path),
    );
  for (const { chosen, input } of read) {
    if (!chosen.isNamed && isNested(input)) dropped.add(input.path);
  }
  if (dropped.size === 0) return { read, passedOver };
  const names = [...dropped].sort();
  const list = firstFew(names, 10);
  return {
    read: read.filter(({ input }) => input.kind !== "cloudformation" || !dropped.has(input.path)),
    passedOver: [...passedOver, `Judged where they are nested, and not by themselves: ${list}.`],
  };
}
