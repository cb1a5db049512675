import type { Location } from "../../snapshot/location.ts";
import { type Unknown, unknown } from "../../snapshot/unknown.ts";
import { asCloudFormation, cloudFormationType } from "../cloud-control.ts";
import type { TemplateResource } from "../resource.ts";
import type { Value } from "../value.ts";
import { type Address, blockName } from "./address.ts";
import type { Change } from "./changes.ts";
import { moduleAt } from "./configuration.ts";
import { at } from "./json.ts";
import { linkOf } from "./links.ts";
import { placeOf, type Surroundings } from "./place.ts";
import type { Plan } from "./references.ts";
import { marks, SENSITIVE, toldValue } from "./values.ts";

/** Where the attribute of a resource is written. */
export type Locate = (address: Address, pointer: string) => Location | null;

/** What is needed to make resources of changes. */
export type Making = { plan: Plan; around: Surroundings; locate: Locate };

/** The resource as it is before a change; none where the change makes it. */
export function before(change: Change, making: Making): TemplateResource[] {
  const values = change.action === "read" ? null : change.before;
  if (values === null) return [];
  const told = { known: values, unknown: false, sensitive: change.masks.beforeSensitive };
  return [
    resourceOf(change, making, {
      // What it was called then; what it becomes says so in the list of changes.
      address: change.previousAddress ?? change.text,
      values: attributesOf(toldValue(told, () => SENSITIVE)),
      place: placeOf(change, values, making.around),
      presence: true,
    }),
  ];
}

/** The resource as a change leaves it; none where it is deleted, or no longer managed here. */
export function after(
  change: Change,
  making: Making,
  presence: true | Unknown,
): TemplateResource[] {
  const values = change.action === "delete" || change.action === "forget" ? null : change.after;
  if (values === null) return [];
  const { unknown: open, afterSensitive: sensitive } = change.masks;
  const instead = (path: readonly string[]) =>
    isComputed(change.address, path, making.plan)
      ? COMPUTED
      : linkOf(change.address, path, making.plan);
  return [
    resourceOf(change, making, {
      address: change.text,
      values: attributesOf(toldValue({ known: values, unknown: open, sensitive }, instead)),
      place: placeOf(change, values, making.around),
      presence:
        change.action === null
          ? unknown("unsupported", {
              detail: "the plan does with it what this version does not know",
            })
          : presence,
    }),
  ];
}

/** Whether a change leaves the resource as it is, down to its last attribute. */
export function isUntouched({ action, previousAddress, before, after, masks }: Change): boolean {
  if (previousAddress !== null || (action !== "no-op" && action !== "update")) return false;
  const { unknown, beforeSensitive, afterSensitive } = masks;
  // Of a secret it may be known after the change which resource's attribute it is.
  return before === after && ![unknown, beforeSensitive, afterSensitive].some(marks);
}

/** What the `awscc` provider fills in by itself: nobody wrote it, so CloudFormation's default counts. */
const COMPUTED: Unknown = unknown("known-after-apply", { detail: "the provider's own" });

function isComputed(address: Address, [name = ""]: readonly string[], { root }: Plan): boolean {
  if (cloudFormationType(address.type) === null) return false;
  const block = moduleAt(root, address.modules)?.resources.get(blockName(address));
  if (block === undefined) return false;
  return (
    !Object.hasOwn(block.expressions, name) ||
    at(block.expressions[name], "constant_value") !== undefined
  );
}

type Made = Pick<TemplateResource, "address" | "values" | "presence"> & {
  place: Pick<TemplateResource, "region" | "accountId">;
};

function resourceOf({ address }: Change, { locate }: Making, made: Made): TemplateResource {
  const { place, ...rest } = made;
  const { type } = address;
  const resource: TemplateResource = {
    dialect: "terraform",
    type,
    title: null,
    ...rest,
    ...place,
    locate: (pointer) => locate(address, pointer),
  };
  return asCloudFormation(resource, COMPUTED);
}

function attributesOf(value: Value | undefined): TemplateResource["values"] {
  // Changes whose attributes are no object were refused when they were read.
  return isAttributes(value) ? value : {};
}

function isAttributes(value: Value | undefined): value is TemplateResource["values"] {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
