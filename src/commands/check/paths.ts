import { AuditError } from "../../errors.ts";
import type { Files } from "../../templates/files.ts";
import { isConfigurationFile } from "../../templates/find.ts";

/** A path as `Files` spells it; throws `bad-option` where it leads out of the root. */
export function spelled(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) throw outside(path);
  }
  if (path.startsWith("/")) throw outside(path);
  return parts.join("/");
}

function outside(path: string): AuditError {
  return new AuditError(
    "bad-option",
    `${path.slice(0, 300)} lies outside the repository, where nothing is read.`,
    "Name paths within it.",
  );
}

/** The folder that holds a path; of the root, itself. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** A path as people write it: the root as a dot. */
export function shown(path: string): string {
  return path === "" ? "." : path.slice(0, 300);
}

/** What is at a path; null: nothing. */
export function kindAt(files: Files, path: string): "file" | "folder" | null {
  if (path === "") return "folder";
  const entry = files.list(folderOf(path)).find(({ name }) => name === nameOf(path));
  if (entry !== undefined) return entry.isFolder ? "folder" : "file";
  // Without a repository nothing is listed but what was named.
  if (files.list(path).length > 0) return "folder";
  return files.read(path) === null ? null : "file";
}

/** Whether a path lies in a folder, or is it. */
export function isBelow(folder: string, path: string): boolean {
  return folder === "" || path === folder || path.startsWith(`${folder}/`);
}

/** Whether a folder holds configuration of Terraform or OpenTofu. */
export function holdsSource(files: Files, folder: string): boolean {
  return files.list(folder).some(({ name, isFolder }) => !isFolder && isConfigurationFile(name));
}
