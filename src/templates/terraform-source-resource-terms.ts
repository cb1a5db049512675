import { isKnown, isUnknown } from "../snapshot/unknown.ts";
import { evaluate } from "./hcl/evaluate.ts";
import type { Block } from "./hcl/syntax.ts";
import { failure, type Lazy, type Term, unresolved } from "./hcl/term.ts";
import { blocksTerm } from "./terraform-source-body.ts";
import { instancesTerm } from "./terraform-source-instance-terms.ts";
import { instancesOf } from "./terraform-source-instances.ts";
import { joined } from "./terraform-source-modules.ts";
import { placeOf } from "./terraform-source-provider.ts";
import { type Instance, type Instances, type Module, once } from "./terraform-source-reading.ts";
import { scopeOf } from "./terraform-source-scope.ts";
import { isText } from "./value.ts";

/** Attributes that AWS or the provider fills in, never null once the resource is made. */
const COMPUTED = new Set([
  "id",
  "arn",
  "key_id",
  "name",
  "bucket",
  "unique_id",
  "policy_id",
  "bucket_domain_name",
  "bucket_regional_domain_name",
  "hosted_zone_id",
  "home_region",
  "sns_topic_arn",
  "target_key_arn",
  "target_key_id",
]);

/** The same of the `awscc` provider, which gives names and ARNs names of their own. */
const CLOUD_CONTROL_COMPUTED =
  /^awscc_\w+\.(?:(?:bucket|role|topic|trail|alias|alarm)_name|(?:topic|event_data_store|alarm|policy)_arn)$|^awscc_logs_log_group\.log_group_name$/;

const isComputed = (type: string, key: string): boolean =>
  COMPUTED.has(key) || CLOUD_CONTROL_COMPUTED.test(`${type}.${key}`);

/** The instances of a resource, worked out once. */
export function resourceInstances(module: Module, name: string, block: Block): Instances {
  const known = module.instances.get(name);
  if (known !== undefined) return known;
  // Whoever asks again while this is worked out asks about itself.
  module.instances.set(name, SELF);
  const instances = instancesOf(block.body, scopeOf(module));
  module.instances.set(name, instances);
  return instances;
}

const SELF: Instances = { shape: "open", byKey: new Map() };

/** What `type.name` is in an expression. */
export function resourceTerm(module: Module, name: string): Term {
  const block = module.configuration.resources.get(name);
  if (block === undefined) return unresolved(name);
  const instances = resourceInstances(module, name, block);
  return instancesTerm(name, instances, (key) => {
    const instance = instances.byKey.get(key);
    return instance === undefined ? failure(name) : instanceTerm(module, block, { name, instance });
  });
}

type Named = { name: string; instance: Instance };

function instanceTerm(module: Module, block: Block, { name, instance }: Named): Lazy {
  const address = joined(module.address, name + instance.suffix);
  return {
    name: address,
    $get: (key) =>
      once(module, `${name}${instance.suffix}.${key}`, () =>
        attributeTerm(module, block, { address, instance, key: String(key) }),
      ),
    $whole: null,
  };
}

type Asked = { address: string; instance: Instance; key: string };

const isOpenText = (term: Term): boolean => isText(term) && term.$text.some(isUnknown);

/** An argument's value; what the provider computes is a reference. */
function attributeTerm(module: Module, block: Block, { address, instance, key }: Asked): Term {
  const attribute = block.body.attributes.get(key);
  const given = attribute === undefined ? null : evaluate(attribute.value, instance.scope);
  // A name that is not known yet is told best by whose name it is.
  const mayBeMade = isComputed(block.labels[0] ?? "", key);
  if (mayBeMade && (given === null || isUnknown(given) || isOpenText(given)))
    return { $reference: { address, attribute: key } };
  if (attribute !== undefined) return given;
  const nested = blocksTerm(block.body, key, instance.scope);
  if (nested !== null) return nested;
  if (key === "region") {
    const { region } = placeOf(module, { block, scope: instance.scope, address });
    if (isKnown(region)) return region;
  }
  return unresolved(`${address}.${key}`);
}
