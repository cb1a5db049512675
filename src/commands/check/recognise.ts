import { AuditError } from "../../errors.ts";
import { looksLikeTemplate } from "../../templates/cloudformation/looks.ts";
import type { Files } from "../../templates/files.ts";
import { isCdkFolder, isConfigurationFile } from "../../templates/find.ts";
import { looksLikePlan } from "../../templates/plan/decode.ts";
import type { Candidate } from "./discover.ts";
import { folderOf, holdsSource, nameOf, shown } from "./paths.ts";

/** What a file looks like by its content, one of a folder standing for the folder; null: nothing known. */
export function recognised(files: Files, path: string): Pick<Candidate, "kind" | "path"> | null {
  const folder = folderOf(path);
  if (isConfigurationFile(nameOf(path))) {
    if (holdsSource(files, folder)) return { kind: "terraform", path: folder };
    const what = `${shown(path)} is one file of a folder, of which the others may not be read.`;
    throw new AuditError("bad-option", what, "Name the folder.");
  }
  const bytes = files.read(path);
  if (bytes === null) {
    const what = `${shown(path)} is no ordinary file, or too large to be read.`;
    throw new AuditError("bad-template", what, "Name a file of at most 256 MB.");
  }
  if (looksLikePlan(bytes)) return { kind: "plan", path };
  if (nameOf(path) === "manifest.json" && isCdkFolder(files, folder)) {
    return { kind: "cdk", path: folder };
  }
  const isTemplate = looksLikeTemplate(new TextDecoder("utf-8").decode(bytes));
  return isTemplate ? { kind: "template", path } : null;
}

/** What is told of a file that somebody named and that nobody can judge. */
export function nothingKnown(path: string): AuditError {
  return new AuditError(
    "bad-option",
    `${shown(path)} is nothing that can be judged: no plan of Terraform or OpenTofu as JSON, no file of Terraform, no template of CloudFormation or SAM, no output folder of the CDK.`,
    "Name one of these, or a folder that holds them; `terraform show -json tfplan > plan.json` makes a plan.",
  );
}
