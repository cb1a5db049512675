import type { Location } from "../snapshot/location.ts";
import { frameFinder } from "./cdk-frames.ts";
import { type CdkStack, readManifest } from "./cdk-manifest.ts";
import { child, entriesOf, itemsOf, type Node, textOf } from "./cloudformation/node.ts";
import { readTemplate, type StackOptions, titleOf } from "./cloudformation/read.ts";
import type { Describe } from "./cloudformation/scope.ts";
import type { Files } from "./files.ts";
import type { TemplateInput } from "./resource.ts";

/**
 * Reads the output folder of a CDK application, a template for each stack; empty where the folder
 * is none. A stack is named by its artifact, after `options.stack` and `/` where that is not empty;
 * its own account and region go before those of the options. Throws AuditError `bad-template`.
 */
export function readCdk(files: Files, folder: string, options: StackOptions): TemplateInput[] {
  const find = frameFinder(files);
  return (readManifest(files, folder) ?? []).flatMap((stack) => {
    const region = stack.region ?? options.region;
    const accountId = stack.accountId ?? options.accountId;
    const name = options.stack === "" ? stack.id : `${options.stack}/${stack.id}`;
    const read = readTemplate(files, stack.file, {
      stack: name,
      describe: describer(stack, find),
      ...(options.parameters === undefined ? {} : { parameters: options.parameters }),
      ...(region === undefined ? {} : { region }),
      ...(accountId === undefined ? {} : { accountId }),
    });
    if (read === null) return [];
    return [{ kind: "cdk", path: stack.file, stack: name, before: null, changes: [], ...read }];
  });
}

/** One construct's resource: where its user made it. */
type Construct = { path: string; trace: Node | undefined };

/**
 * Every place within a resource is the line of the user's code that made it: the template is written
 * by a program, is seldom in the repository, and nobody corrects a finding there.
 */
function describer(stack: CdkStack, find: (trace: Node) => Location | null): Describe {
  const byPath = new Map<string, Construct>();
  const byId = new Map<string, Construct | null>();
  for (const [path, { value }] of stack.metadata.flatMap((each) => [...entriesOf(each)])) {
    const { logicalId, trace } = saidOf(value);
    const construct = { path, trace: trace ?? byPath.get(path)?.trace };
    byPath.set(path, construct);
    // A nested stack may use an id of the stack around it again: then the id tells neither.
    if (logicalId !== undefined) byId.set(logicalId, byId.has(logicalId) ? null : construct);
  }
  return ({ logicalId, path, isNested }) => {
    const written = path === null ? undefined : byPath.get(`/${path}`);
    const construct = written ?? byId.get(logicalId) ?? null;
    const title = construct?.path ?? path ?? (isNested ? null : logicalId);
    return {
      title: title === null ? null : titleOf(title),
      location: construct?.trace === undefined ? null : find(construct.trace),
    };
  };
}

/** The metadata of one construct: its logical id, and the stack trace of its making. */
function saidOf(entries: Node): { logicalId: string | undefined; trace: Node | undefined } {
  let logicalId: string | undefined;
  let trace: Node | undefined;
  for (const entry of itemsOf(entries)) {
    const type = textOf(child(entry, "type"));
    if (type === "aws:cdk:logicalId") logicalId = textOf(child(entry, "data"));
    if (type === "aws:cdk:creationStack") trace = child(entry, "data");
    trace ??= type === "aws:cdk:logicalId" ? child(entry, "trace") : undefined;
  }
  return { logicalId, trace };
}
