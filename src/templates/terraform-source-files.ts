import { type Term, unresolved } from "./hcl/term.ts";
import { MAX_WEIGHT } from "./hcl/work.ts";
import { decoded } from "./terraform-source-folder.ts";
import { within } from "./terraform-source-paths.ts";
import type { Reading } from "./terraform-source-reading.ts";

/** The text of a file that `file` or `templatefile` reads, relative to the root module. */
export function fileTerm({ parsed, folder, work, texts }: Reading, path: string): Term {
  const inside = within(folder, path);
  if (inside === null) return unresolved(`the file ${path}, outside the root`);
  const bytes = parsed.files.read(inside);
  if (bytes === null) return unresolved(`the file ${path}, which is not there`);
  work.left -= bytes.length >> 3;
  texts.add(inside);
  if (bytes.length > MAX_WEIGHT) return unresolved(`the file ${path}, which is too large`);
  return decoded(bytes) ?? unresolved(`the file ${path}, which is no text`);
}
