import type { Console } from "./console.ts";
import { cloudformation } from "./iam/cloudformation.ts";
import { type IamPart, permissions } from "./iam/permissions.ts";
import { terraform } from "./iam/terraform.ts";

/** How permissions can be printed. */
export const IAM_FORMS = ["policy", "cloudformation", "terraform"] as const;
export type IamForm = (typeof IAM_FORMS)[number];

const PRINTERS: Record<IamForm, (part: IamPart) => string> = {
  policy: (part) => `${JSON.stringify(permissions(part), null, 2)}\n`,
  cloudformation,
  terraform,
};

/** `trailproof iam <part>`: prints the smallest permissions that work, from the table of calls. */
export function iam(part: IamPart, form: IamForm, { out }: Console): number {
  out(PRINTERS[form](part));
  return 0;
}
