/** A path with `.` and `..` worked out; null: it leads out of the root, or is absolute. */
export function within(folder: string, path: string): string | null {
  if (path.startsWith("/") || path.startsWith("~") || path.includes("\\") || path.includes("\0"))
    return null;
  const parts = folder === "" ? [] : folder.split("/");
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join("/");
}

/** A folder as it is called from another: `../modules/audit`. */
export function relativeTo(from: string, to: string): string {
  const [a, b] = [from, to].map((path) => (path === "" ? [] : path.split("/")));
  if (a === undefined || b === undefined) return to;
  let shared = 0;
  while (shared < a.length && shared < b.length && a[shared] === b[shared]) shared += 1;
  const up = a.slice(shared).map(() => "..");
  return [...up, ...b.slice(shared)].join("/") || ".";
}

/** A file in a folder, of which "" is the root. */
export function joinPath(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}
