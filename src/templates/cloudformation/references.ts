import { isUnknown } from "../../snapshot/unknown.ts";
import type { Value } from "../value.ts";
import { truthOf } from "./conditions.ts";
import { evaluate, evaluatedOnce } from "./evaluate.ts";
import { replaced } from "./loops.ts";
import { nestedOutput } from "./nested.ts";
import { child, itemsOf, type Node, textOf } from "./node.ts";
import { parameterValue, pseudoValue } from "./parameters.ts";
import { type Declared, type Result, type Scope, unresolved } from "./scope.ts";

/** The attribute that Ref gives; of a type that is not here it is called `$ref`. */
const REF: ReadonlyMap<string, string> = new Map([
  ["AWS::CloudTrail::Trail", "TrailName"],
  ["AWS::CloudTrail::EventDataStore", "EventDataStoreArn"],
  ["AWS::CloudTrail::Channel", "ChannelArn"],
  ["AWS::S3::Bucket", "BucketName"],
  ["AWS::KMS::Key", "KeyId"],
  ["AWS::KMS::ReplicaKey", "KeyId"],
  ["AWS::KMS::Alias", "AliasName"],
  ["AWS::Logs::LogGroup", "LogGroupName"],
  ["AWS::SNS::Topic", "TopicArn"],
  ["AWS::CloudWatch::Alarm", "AlarmName"],
  ["AWS::CloudWatch::CompositeAlarm", "AlarmName"],
  ["AWS::IAM::Role", "RoleName"],
  ["AWS::IAM::ManagedPolicy", "PolicyArn"],
  ["AWS::Organizations::Policy", "Id"],
]);

/** Those of them that are properties too, so that a name given there is the one that Ref gives. */
const NAMED = new Set([
  "TrailName",
  "BucketName",
  "AliasName",
  "LogGroupName",
  "AlarmName",
  "RoleName",
]);

/** `Ref`: of a parameter, a pseudo parameter, a loop's variable or a resource. */
export function reference(argument: Node, scope: Scope): Result {
  const name = textOf(argument);
  return name === undefined ? unresolved("Ref of no name") : valueOfName(name, scope);
}

/** What a name stands for in `Ref` and in `Fn::Sub`. */
export function valueOfName(written: string, scope: Scope): Result {
  const name = replaced(written, scope.bound);
  const bound = scope.bound.get(name);
  if (bound !== undefined) return bound;
  if (name.startsWith("AWS::")) return pseudoValue(scope, name);
  if (scope.template.parameters.has(name)) return parameterValue(scope, name);
  const declared = scope.resources.get(name);
  if (declared === undefined) return unresolved(`${name}, which the template does not declare`);
  return ofResource(declared, scope);
}

function ofResource(declared: Declared, scope: Scope): Value {
  const attribute = REF.get(textOf(child(declared.node, "Type")) ?? "") ?? "$ref";
  const given = NAMED.has(attribute) ? nameGiven(declared, attribute, scope) : undefined;
  return typeof given === "string" ? given : referenceTo(declared.id, attribute, scope);
}

function nameGiven({ id, node, bound }: Declared, property: string, scope: Scope): Result {
  const name = child(child(node, "Properties"), property);
  if (name === undefined) return undefined;
  const value = evaluatedOnce(`name ${scope.prefix}${id}`, name, { ...scope, bound });
  return typeof value === "number" ? String(value) : value;
}

/** `Fn::GetAtt`, as a list or with a dot. */
export function attribute(argument: Node, scope: Scope): Result {
  const written = textOf(argument);
  const dot = written?.indexOf(".") ?? -1;
  if (written !== undefined) {
    if (dot < 0) return unresolved("Fn::GetAtt without an attribute");
    return attributeOf(written.slice(0, dot), written.slice(dot + 1), scope);
  }
  const [id, nameNode] = itemsOf(argument);
  const name = nameNode && evaluate(nameNode, scope);
  if (typeof name !== "string") return unresolved("Fn::GetAtt of an attribute not known");
  return attributeOf(textOf(id) ?? "", name, scope);
}

/** An attribute of a resource of the same template, or an output of a nested one. */
export function attributeOf(written: string, name: string, scope: Scope): Value {
  const id = replaced(written, scope.bound);
  const declared = scope.resources.get(id);
  if (declared === undefined) return unresolved(`${id}, which the template does not declare`);
  if (name.startsWith("Outputs.")) {
    const output = nestedOutput(declared, name.slice("Outputs.".length), scope);
    if (output !== undefined) return output;
  }
  return referenceTo(id, replaced(name, scope.bound), scope);
}

/** What is not there under the conditions assumed has no attributes. */
function referenceTo(id: string, attribute: string, scope: Scope): Value {
  const condition = textOf(child(scope.resources.get(id)?.node, "Condition"));
  const isThere = condition === undefined ? true : truthOf(condition, scope);
  if (isThere === false) return unresolved(`${id}, which is not there`);
  if (isUnknown(isThere)) return isThere;
  return { $reference: { address: `${scope.prefix}${id}`, attribute } };
}
