import { asCloudFormation, cloudFormationType } from "./cloud-control.ts";
import { evaluate } from "./hcl/evaluate.ts";
import type { Block } from "./hcl/syntax.ts";
import { isStack } from "./is-stack.ts";
import type { TemplateResource } from "./resource.ts";
import { type Computed, computed } from "./terraform-source-body.ts";
import { locator } from "./terraform-source-locate.ts";
import { calledModules, joined } from "./terraform-source-modules.ts";
import { placeOf } from "./terraform-source-provider.ts";
import { type Instance, type Module, mayHold } from "./terraform-source-reading.ts";
import { resourceInstances } from "./terraform-source-resource-terms.ts";
import { withTemplate } from "./terraform-source-template-body.ts";
import { argumentValues } from "./terraform-source-values.ts";

const MAX_RESOURCES = 50_000;

/** Types of which somebody asks the arguments; of the others only that they are there. */
const JUDGED =
  /^aws_(cloudtrail|cloudtrail_\w+|s3_bucket|s3_bucket_(policy|public_access_block|versioning|logging|server_side_encryption_configuration|lifecycle_configuration|object_lock_configuration|ownership_controls|acl|replication_configuration|request_payment_configuration)|s3_account_public_access_block|kms_key|kms_key_policy|kms_external_key|kms_replica_key|kms_alias|kms_grant|cloudwatch_log_group|cloudwatch_log_metric_filter|cloudwatch_log_resource_policy|cloudwatch_metric_alarm|cloudwatch_composite_alarm|sns_topic|sns_topic_policy|sns_topic_subscription|iam_role|iam_role_policy|iam_policy|iam_policy_attachment|iam_role_policy_attachment|iam_role_policy_attachments_exclusive|iam_role_policies_exclusive|organizations_organization|organizations_aws_service_access|organizations_policy|organizations_policy_attachment|organizations_delegated_administrator|cloudwatch_event_rule|cloudwatch_event_target|chatbot_(slack|teams)_channel_configuration)$/;

/** All resources of a module and of the modules that it calls. */
export function resourcesOf(module: Module, found: TemplateResource[] = []): TemplateResource[] {
  for (const [name, block] of module.configuration.resources) {
    for (const instance of resourceInstances(module, name, block).byKey.values()) {
      if (found.length < MAX_RESOURCES) found.push(resourceOf(module, block, instance));
      else if (found.length === MAX_RESOURCES) return tooMany(module, found);
    }
  }
  for (const name of module.configuration.modules.keys()) {
    for (const each of calledModules(module, name)?.modules.values() ?? [])
      resourcesOf(each, found);
  }
  return found;
}

function tooMany(module: Module, found: TemplateResource[]): TemplateResource[] {
  module.reading.open.push(mayHold(`there are more than ${MAX_RESOURCES} resources`));
  return found;
}

function resourceOf(
  module: Module,
  block: Block,
  { suffix, scope, presence }: Instance,
): TemplateResource {
  const type = block.labels[0] ?? "";
  const address = joined(module.address, block.labels.join(".") + suffix);
  const { values, place } = isStack(type)
    ? withTemplate(block, scope)
    : isJudged(type)
      ? computed(block, scope)
      : notComputed(block);
  return asCloudFormation({
    dialect: "terraform",
    type,
    address,
    title: null,
    values: { ...argumentValues(values), ...(isJudged(type) ? kept(block, scope) : {}) },
    presence: module.presence === true ? presence : module.presence,
    ...placeOf(module, { block, scope, address }),
    locate: locator(module, place),
  });
}

/** A word to Terraform itself, without which a plan may delete the resource. */
function kept(block: Block, scope: Instance["scope"]): TemplateResource["values"] {
  const lifecycle = block.body.blocks.find(({ type }) => type === "lifecycle");
  const written = lifecycle?.body.attributes.get("prevent_destroy");
  if (written === undefined) return {};
  return argumentValues(new Map([["$preventDestroy", evaluate(written.value, scope)]]));
}

const isJudged = (type: string): boolean => JUDGED.test(type) || cloudFormationType(type) !== null;

function notComputed(block: Block): Computed {
  return {
    values: new Map(),
    place: { block, attributes: block.body.attributes, blocks: new Map() },
  };
}
