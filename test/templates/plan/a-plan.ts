import { expect } from "vitest";
import type { TemplateInput, TemplateResource } from "../../../src/templates/resource.ts";
import { type PlanOptions, readTerraformPlan } from "../../../src/templates/terraform-plan.ts";

/** JSON as a test writes it. */
export type Loose = { [key: string]: unknown };

/** One entry of a plan's changes; what is left out is as Terraform writes it for a new resource. */
export function aChange(address: string, change: Loose = {}, beside: Loose = {}): Loose {
  const steps = address.replace(/\[[^\]]*"\]|\[\d+\]/g, "").split(".");
  const [type, name] = steps.slice(-2);
  return {
    address,
    mode: steps.at(-3) === "data" ? "data" : "managed",
    type,
    name,
    provider_name: "registry.terraform.io/hashicorp/aws",
    change: {
      actions: ["create"],
      before: null,
      after: {},
      after_unknown: {},
      before_sensitive: false,
      after_sensitive: {},
      ...change,
    },
    ...beside,
  };
}

/** A plan of these changes. */
export function aPlan(changes: Loose[], beside: Loose = {}): Loose {
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: {} },
    resource_changes: changes,
    configuration: { root_module: {} },
    complete: true,
    errored: false,
    ...beside,
  };
}

/** A resource of a plan's configuration. */
export function aBlock(address: string, expressions: Loose = {}, providerKey = "aws"): Loose {
  const [type, name] = address.split(".").slice(-2);
  const mode = address.startsWith("data.") ? "data" : "managed";
  return { address, mode, type, name, provider_config_key: providerKey, expressions };
}

/** Every reference with its prefixes, as Terraform lists them. */
export function refersTo(...references: string[]): Loose {
  return { references };
}

export const OPTIONS: PlanOptions = { path: "plan.json", stack: "prod", files: null, folder: null };

/** Reads what must be a plan. */
export function read(plan: Loose, options: Partial<PlanOptions> = {}): TemplateInput {
  const bytes = new TextEncoder().encode(JSON.stringify(plan));
  const input = readTerraformPlan(bytes, { ...OPTIONS, ...options });
  if (input === null) throw new Error("it was not taken for a plan");
  return input;
}

/** The resource at an address after the change. */
export function afterwards(input: TemplateInput, address: string): TemplateResource {
  const found = input.after[0].resources.filter((each) => each.address === address);
  expect(found, address).toHaveLength(1);
  return found[0] ?? expect.fail(address);
}
