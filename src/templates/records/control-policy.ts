import type { Truth } from "../../snapshot/logic.ts";
import type {
  PlannedAttachment,
  PlannedControlPolicy,
  PlannedGuards,
} from "../../snapshot/planned-guards.ts";
import { hasStandIn } from "../../snapshot/stand-in.ts";
import { isUnknown, mapFact, unknown } from "../../snapshot/unknown.ts";
import { type Places, provenance } from "./places.ts";
import { given, list } from "./read.ts";
import { groupedBy } from "./remembered.ts";
import { arnOf, targetText } from "./targets.ts";
import { nameOf, textIn } from "./texts.ts";
import { ofKinds, type Planned, type World } from "./world.ts";
import { keyedText, writtenDocument } from "./written.ts";

type Attachment = PlannedGuards["strays"][number];

/** The service control policies that the inputs describe, and what is attached of others. */
export function controlPolicies(
  world: World,
  places: Places,
): Pick<PlannedGuards, "policies" | "strays"> {
  const policies = ofKinds(world, "controlPolicy");
  const attachments = ofKinds(world, "policyAttachment").map((each) =>
    attachmentOf(world, each, places),
  );
  const byPolicy = groupedBy(attachments, ({ policyId }) => [policyId]);
  const ids = new Set(policies.map((each) => idText(world, each)));
  return {
    policies: policies
      .map((each) => policyOf(world, each, places))
      .filter(({ isServiceControl }) => isServiceControl !== false)
      .map(({ own, ...policy }) => ({
        ...policy,
        attachments: [...own, ...(byPolicy.get(policy.id) ?? []).map(withoutPolicy)],
      })),
    strays: attachments.filter(({ policyId }) => !ids.has(policyId)),
  };
}

const withoutPolicy = ({ id, target, presence, told }: Attachment): PlannedAttachment => ({
  id,
  target,
  presence,
  told,
});

const idText = (world: World, planned: Planned): string =>
  targetText(world, planned, "Id") ?? planned.id;

function attachmentOf(world: World, planned: Planned, places: Places): Attachment {
  const { id, values, resource } = planned;
  const { observations } = provenance(places, [
    ["/target", planned, ["target_id"]],
    ["", planned, [""]],
  ]);
  const text = (name: string) => keyedText(world, planned, given(values, name)) ?? "";
  return {
    id,
    address: resource.address,
    target: text("target_id"),
    policyId: text("policy_id"),
    presence: resource.presence,
    told: observations[0]?.requestId ?? id,
  };
}

type Read = Omit<PlannedControlPolicy, "attachments"> & { id: string; own: PlannedAttachment[] };

function policyOf(world: World, planned: Planned, places: Places): Read {
  const { values, account, stack, resource } = planned;
  const id = idText(world, planned);
  const traced = provenance(places, [
    ["/attachments", planned, ["TargetIds"]],
    ["", planned, [""]],
    ["/content", planned, ["content", "Content"]],
  ]);
  const targets = list(values, "TargetIds");
  const told = traced.observations[0]?.requestId ?? planned.id;
  return {
    id,
    type: "service-control-policy",
    arn: arnOf(world, planned),
    planned: { stack, address: resource.address },
    name: nameOf(world, planned),
    accountId: account,
    // Organizations is asked in one place for all regions.
    region: "",
    policyId: hasStandIn(id) ? null : id,
    isServiceControl: isServiceControl(world, planned),
    content: writtenDocument(world, planned, given(values, "content", "Content")),
    open: isUnknown(targets) ? targets : null,
    own: (isUnknown(targets) ? [] : targets).map((each) => ({
      id: planned.id,
      target: keyedText(world, planned, each) ?? "",
      presence: resource.presence,
      told,
    })),
    ...traced,
  };
}

/** Terraform takes them for this where nothing is said; CloudFormation has to be told. */
function isServiceControl(world: World, planned: Planned): Truth {
  const { values, resource } = planned;
  const type = textIn(world, planned, given(values, "type", "Type"));
  const otherwise = resource.dialect === "terraform" ? TYPE : null;
  return mapFact<string | null, boolean>(type, (text) => {
    const told = text ?? otherwise;
    if (told === null || hasStandIn(told)) return unknown("unresolved", { detail: "its type" });
    return told === TYPE;
  });
}

const TYPE = "SERVICE_CONTROL_POLICY";
