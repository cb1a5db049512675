import { and } from "../../snapshot/logic.ts";
import { isUnknown, type Unknown } from "../../snapshot/unknown.ts";
import type { TemplateResource } from "../resource.ts";
import { isReference, isText, type Value } from "../value.ts";
import { truthOf } from "./conditions.ts";
import { evaluate } from "./evaluate.ts";
import { located } from "./locate.ts";
import { nestedScope } from "./nested.ts";
import { child, textOf } from "./node.ts";
import { knownRegion } from "./parameters.ts";
import { type Declared, type Scope, unresolved } from "./scope.ts";

/** What one declaration makes: a resource, those of a nested template, or who knows which. */
export type Made = { resources: TemplateResource[]; open: Unknown[] };

/** The services that a trail needs; resources of others say nothing about it and are not read. */
const CONCERNED =
  /^AWS::(?:CloudTrail|S3|KMS|Logs|SNS|CloudWatch|Events|IAM|Organizations|Chatbot)::[A-Za-z0-9]{1,100}$/;

/** Types that stand for resources which the template does not list. */
const HIDING = /::MODULE$|^AWS::ServiceCatalog::CloudFormationProvisionedProduct$/;

/** All that a template and those nested in it make. */
export function madeBy(scope: Scope, presence: true | Unknown = true): Made {
  const made = [...scope.resources.values()].map((each) => makes(each, scope, presence));
  return {
    resources: made.flatMap(({ resources }) => resources),
    open: [...(scope.open === null ? [] : [scope.open]), ...made.flatMap(({ open }) => open)],
  };
}

/** What one declaration makes, given whether what is around it is there. */
export function makes(declared: Declared, scope: Scope, around: true | Unknown = true): Made {
  const { node } = declared;
  const type = textOf(child(node, "Type")) ?? "";
  const isHiding = HIDING.test(type);
  const nested = NESTED.test(type);
  if (!isHiding && !nested && !CONCERNED.test(type)) return { resources: [], open: [] };
  const condition = textOf(child(node, "Condition"));
  const presence = and(around, condition === undefined ? true : truthOf(condition, scope));
  if (presence === false) return { resources: [], open: [] };
  if (isHiding) return { resources: [], open: [unresolved(`what ${declared.id} (${type}) holds`)] };
  const inner = nestedScope(declared, scope);
  if (isUnknown(inner)) return { resources: [], open: [inner] };
  if (inner !== undefined) return madeBy(inner, presence);
  return { resources: [resource(declared, scope, presence)], open: [] };
}

const NESTED = /^AWS::(?:CloudFormation::Stack(?:Set)?|Serverless::Application)$/;

function resource(declared: Declared, scope: Scope, presence: true | Unknown): TemplateResource {
  const { id, node, bound } = declared;
  const properties = child(node, "Properties");
  const values = properties && evaluate(properties, { ...scope, bound });
  const isWritten = values === undefined || isPlain(values);
  const account = scope.parameters.get("AWS::AccountId");
  const path = textOf(child(child(node, "Metadata"), "aws:cdk:path")) ?? null;
  const isNested = scope.prefix !== "";
  const { title, location } = scope.world.describe({ logicalId: id, path, isNested });
  return {
    dialect: "cloudformation",
    type: textOf(child(node, "Type")) ?? "",
    address: `${scope.prefix}${id}`,
    title,
    values: { ...(isPlain(values) ? values : {}), ...policies(declared, scope) },
    // What a transform writes may be any property, so that not even an absent one is known.
    presence: isWritten ? presence : unresolved(`the properties of ${id}`),
    region: knownRegion(scope) ?? unresolved("the stack's region"),
    accountId: typeof account === "string" ? account : unresolved("the stack's account"),
    locate: location === null ? located(declared, scope) : () => location,
  };
}

function isPlain(value: Value | undefined): value is { readonly [key: string]: Value } {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return !isUnknown(value) && !isReference(value) && !isText(value);
}

/** What becomes of the resource when it leaves the template or is replaced, where it is said. */
function policies({ node, bound }: Declared, scope: Scope): { [key: string]: Value } {
  const found: [string, Value][] = [];
  for (const name of ["DeletionPolicy", "UpdateReplacePolicy"]) {
    const written = child(node, name);
    const value = written && evaluate(written, { ...scope, bound });
    if (value !== undefined) found.push([`$${name[0]?.toLowerCase()}${name.slice(1)}`, value]);
  }
  return Object.fromEntries(found);
}
