import { isUnknown } from "../../snapshot/unknown.ts";
import type { Value } from "../value.ts";
import {
  type Choice,
  chosen,
  lookedUp,
  OTHER,
  type Result,
  type Scope,
  unresolved,
  type Variable,
} from "./scope.ts";
import type { Parameter } from "./template.ts";

/** The value of a parameter, or undefined where the template has none of that name. */
export function parameterValue(scope: Scope, name: string): Result {
  const declared = scope.template.parameters.get(name);
  if (declared === undefined) return undefined;
  // The parameter holds the name of a parameter of Systems Manager, whose value nobody knows here.
  if (declared.type.startsWith("AWS::SSM::Parameter::Value")) {
    return lookedUp(`{{resolve:ssm:${scope.prefix}${name}}}`);
  }
  const known = givenValue(scope, name, declared);
  if (known !== undefined) return typed(known, declared);
  const choice = chosen(scope.world, variableOf(scope, name));
  if (typeof choice === "string") return typed(choice, declared);
  return unresolved(`parameter ${scope.prefix}${name}`);
}

/** The value of a pseudo parameter such as `AWS::Region`. */
export function pseudoValue(scope: Scope, name: string): Result {
  const given = scope.parameters.get(name);
  if (typeof given === "string") return given;
  if (name === "AWS::NoValue") return undefined;
  if (name === "AWS::Partition" || name === "AWS::URLSuffix") {
    const region = knownRegion(scope);
    const facts = region === undefined ? undefined : partitionOf(region);
    if (facts !== undefined) return name === "AWS::Partition" ? facts.partition : facts.suffix;
  }
  const choice = chosen(scope.world, variableOf(scope, name));
  return typeof choice === "string" ? choice : unresolved(name);
}

/** The region where it was given or is assumed; asking for it leaves nothing to be tried out. */
export function knownRegion({ parameters, world, prefix }: Scope): string | undefined {
  const region = parameters.get("AWS::Region") ?? world.assignment.get(`${prefix}AWS::Region`);
  return typeof region === "string" ? region : undefined;
}

/** The parameter that a template leaves open, with the values at which it behaves differently. */
function variableOf(scope: Scope, name: string): Variable {
  const { template, prefix } = scope;
  const allowed = template.parameters.get(name)?.allowed;
  const compared = [...(template.compared.get(name) ?? [])];
  const choices: Choice[] = allowed?.length ? [...new Set(allowed)] : [...compared, OTHER];
  return { key: `${prefix}${name}`, name: `${prefix}${name}`, choices };
}

/** Whether a parameter is assumed to be none of the values with which the template compares it. */
export function isOther(scope: Scope, name: string): boolean {
  const declared = scope.template.parameters.get(name);
  if (declared !== undefined && givenValue(scope, name, declared) !== undefined) return false;
  if (typeof scope.parameters.get(name) === "string") return false;
  const variable = variableOf(scope, name);
  return variable.choices.length > 1 && chosen(scope.world, variable) === OTHER;
}

/** What was supplied, else the default. What the template around leaves open is open here too. */
function givenValue(scope: Scope, name: string, declared: Parameter): Value | undefined {
  if (scope.prefix === "") scope.world.asked.add(name);
  const supplied = scope.parameters.get(name);
  if (supplied !== undefined) return isUnknown(supplied) ? undefined : supplied;
  if (declared.default !== undefined) scope.world.defaults.add(`${scope.prefix}${name}`);
  return declared.default;
}

function typed(value: Value, { type }: Parameter): Value {
  const isList = type === "CommaDelimitedList" || type.startsWith("List<");
  if (!isList || typeof value !== "string") return value;
  return value.split(",").map((each) => each.trim());
}

const PARTITIONS: readonly [RegExp, string, string][] = [
  [/^cn-/, "aws-cn", "amazonaws.com.cn"],
  [/^us-gov-/, "aws-us-gov", "amazonaws.com"],
  [/^eusc-/, "aws-eusc", "amazonaws.eu"],
  [/^us-iso-/, "aws-iso", "c2s.ic.gov"],
  [/^us-isob-/, "aws-iso-b", "sc2s.sgov.gov"],
  [/^(?:af|ap|ca|eu|il|me|mx|sa|us)-[a-z]+-\d+$/, "aws", "amazonaws.com"],
];

function partitionOf(region: string): { partition: string; suffix: string } | undefined {
  const [, partition, suffix] = PARTITIONS.find(([names]) => names.test(region)) ?? [];
  return partition === undefined || suffix === undefined ? undefined : { partition, suffix };
}
