import { existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AuditError } from "../../errors.ts";
import type { Base } from "./base.ts";
import { type Checkout, insideRoot } from "./checkout.ts";

/** The snapshot to lay a change over. */
type Believed = {
  /** Where it lies; undefined: there is none. */
  path: string | undefined;
  /** What the reader should know of it, each a sentence. */
  notes: readonly string[];
};

/**
 * Hands on the snapshot that a change may be judged by. What is compared with a snapshot must not come
 * with one of its own: where a proposal changes the file in the repository, the base's is taken in its
 * place, and one that the base does not have is refused ("bad-snapshot"). A file that is no part of
 * the commit, as a workflow makes it, is believed. `base` is null where nobody proposes anything.
 */
export async function withBelieved<T>(
  path: string | undefined,
  { checkout, base }: { checkout: Checkout; base: Base | null },
  use: (believed: Believed) => Promise<T>,
): Promise<T> {
  const former = path === undefined || base === null ? null : replacing(path, checkout, base);
  if (former === null) return use({ path, notes: [] });
  const folder = mkdtempSync(join(tmpdir(), "trailproof-base-"));
  try {
    const there = join(folder, "snapshot.ndjson.gz");
    writeFileSync(there, former, { mode: 0o600 });
    const note = `The change brings another ${path} along, which counts for nothing: the base's is what it is laid over.`;
    return await use({ path: there, notes: [note] });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the base has in place of what the change brings; null: the change does not bring it. */
function replacing(path: string, { repository, root }: Checkout, base: Base): Uint8Array | null {
  if (repository === null || !existsSync(path)) return null;
  // A link can lead to another file of the repository: what is read is what must be the same.
  const brought = repository.files("HEAD").idOf(insideRoot(root, realpathSync(path)));
  const former = repository.files(base.commit).idOf(insideRoot(root, path));
  if (brought === null || brought === former) return null;
  const bytes = former === null ? null : repository.blob(former);
  if (bytes !== null && !isPointer(bytes)) return bytes;
  throw new AuditError(
    "bad-snapshot",
    `${path} comes with the change that it is to judge, and the base does not have it`,
    "Let the workflow fetch the snapshot of a scan after the checkout, or merge it by itself first.",
  );
}

/** In the place of a large file Git LFS keeps where it lies. */
const isPointer = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.subarray(0, 40)).toString("latin1").startsWith("version https://git-lfs");
