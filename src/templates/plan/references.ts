import { isRelevant } from "../relevant.ts";
import type { Reference } from "../value.ts";
import { addressText, resourceIn, type Step, stepsOf } from "./address.ts";
import { type ModuleConfiguration, moduleAt, referencesIn } from "./configuration.ts";

/** What is needed to follow references through the modules of a plan. */
export type Plan = {
  root: ModuleConfiguration;
  /** Whether the plan leaves a resource at this address. */
  has: (address: string) => boolean;
};

/** References, and the instance of a module in which they are written. */
export type Written = { references: readonly string[]; modules: readonly Step[] };

/** Attributes by which others refer to a resource; AWS's provider never leaves one null or empty. */
const IDENTIFYING = new Set(["id", "arn", "key_id", "bucket", "name", "json"]);

/** Those of the `awscc` provider. */
const CLOUD_CONTROL_IDENTIFYING = /^(?:id|arn|key_id|\w+_arn|\w+_name)$/;

/** A chain through variables and outputs is as long as modules are nested, and back. */
const MAX_HOPS = 64;

/**
 * The resource to whose attribute an expression refers, through variables and outputs of modules.
 * A plan tells only the names in an expression, so this answers where there is a single one, named
 * once: where a condition chooses, or parts are put together, there are more. Null: it is not sure.
 */
export function follow(written: Written, plan: Plan): Reference | null {
  let place: Place | null = placeOf(written, []);
  for (let hop = 0; place !== null && hop < MAX_HOPS; hop += 1) {
    const [first] = place.steps;
    if (first?.name === "var") place = throughVariable(place, plan);
    else if (first?.name === "module") place = throughOutput(place, plan);
    else return toResource(place, plan);
  }
  return null;
}

/** The steps of the single reference, and where it is written. */
type Place = { steps: readonly Step[]; modules: readonly Step[] };

function placeOf({ references, modules }: Written, rest: readonly Step[]): Place | null {
  const [longest, ...prefixes] = references;
  if (longest === undefined || !areItsPrefixes(prefixes, longest)) return null;
  const steps = stepsOf(longest);
  return steps === null ? null : { steps: [...steps, ...rest], modules };
}

/** Terraform lists each reference, then what it is part of; a second mention shows as a repetition. */
function areItsPrefixes(prefixes: readonly string[], longest: string): boolean {
  let last = longest;
  return prefixes.every((each) => {
    const isPrefix =
      last.startsWith(each) && (last[each.length] === "." || last[each.length] === "[");
    last = each;
    return isPrefix;
  });
}

function throughVariable({ steps, modules }: Place, { root }: Plan): Place | null {
  const [, variable, ...rest] = steps;
  const call = modules.at(-1);
  if (variable === undefined || variable.key !== null || call === undefined) return null;
  const outer = modules.slice(0, -1);
  const expressions = moduleAt(root, outer)?.calls.get(call.name)?.expressions ?? {};
  const passed = Object.hasOwn(expressions, variable.name) ? expressions[variable.name] : undefined;
  return placeOf({ references: referencesIn(passed), modules: outer }, rest);
}

function throughOutput({ steps, modules }: Place, { root }: Plan): Place | null {
  const [, call, output, ...rest] = steps;
  if (call === undefined || output === undefined || output.key !== null) return null;
  const inner = [...modules, call];
  const references = referencesIn(moduleAt(root, inner)?.outputs.get(output.name));
  return placeOf({ references, modules: inner }, rest);
}

function toResource({ steps, modules }: Place, plan: Plan): Reference | null {
  const found = resourceIn(steps);
  const attribute = found?.rest[0];
  if (found === null || attribute === undefined || attribute.key !== null) return null;
  const { mode, type } = found.address;
  // Whoever is asked by a data source may be anywhere; only a policy document is made here.
  if (mode === "data" && type !== "aws_iam_policy_document") return null;
  const isIdentifying = type.startsWith("awscc_")
    ? CLOUD_CONTROL_IDENTIFYING.test(attribute.name)
    : type.startsWith("aws_") && IDENTIFYING.has(attribute.name);
  if (!isIdentifying) return null;
  const address = addressText({ ...found.address, modules });
  if ((mode === "data" || isRelevant(type)) && !plan.has(address)) return null;
  return { $reference: { address, attribute: attribute.name } };
}
