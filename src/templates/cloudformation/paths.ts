/** A path written in a file, from the root; null where it leads out of the root, or starts anew. */
export function resolvedPath(file: string, written: string): string | null {
  if (written.startsWith("/") || written.includes("\\") || written.length > 1000) return null;
  const parts = folderOf(file).split("/").filter(Boolean);
  for (const part of written.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join("/");
}

/** The folder of a file; the root is "". */
export function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf("/")));
}

/** A path within a folder; the root is "". */
export function within(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}
