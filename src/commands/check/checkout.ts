import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { AuditError } from "../../errors.ts";
import type { Files } from "../../templates/files.ts";
import type { TextSource } from "../../text-source.ts";
import { type Base, baseOf, type Event, isPullRequest, within } from "./base.ts";
import { diskFiles, pathBelow } from "./disk.ts";
import type { Repository } from "./git.ts";

/** Where a run of `check` reads: the repository around it, or nothing but the given paths. */
export type Checkout = {
  /** Absolute; paths of inputs, findings and `Files` are relative to it. */
  root: string;
  files: Files;
  repository: Repository | null;
  /** What the paths name, relative to the root; `name` is the stack before `=`. */
  paths: { name: string | null; path: string }[];
};

/** Finds the repository around the working folder; throws `bad-option` for a path outside it. */
export async function checkoutOf(given: readonly string[]): Promise<Checkout> {
  const repository = await repositoryAround();
  const named = (given.length === 0 ? ["."] : given).map(namedPath);
  const root = repository?.root ?? commonFolder(named.map(({ path }) => resolve(path)));
  const paths = named.map(({ name, path }) => ({ name, path: below(root, resolve(path)) }));
  const disk = diskFiles(root);
  const files =
    repository === null
      ? onlyBelow(
          disk,
          paths.map(({ path }) => path),
        )
      : disk;
  return { root, files, repository, paths };
}

/** Git is loaded, and asked, only where there can be a repository. */
async function repositoryAround(): Promise<Repository | null> {
  const isTold = process.env["GIT_DIR"] !== undefined;
  if (!isTold && !upwards(resolve(".")).some((folder) => existsSync(join(folder, ".git")))) {
    return null;
  }
  return (await import("./git.ts")).repositoryOf(".");
}

/** A folder and those that it is in. */
function upwards(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...upwards(parent)];
}

/** `name=path`; a path that holds `=` itself is given as `./a=b`. */
function namedPath(text: string): { name: string | null; path: string } {
  const [, name, path] = /^([^=/\\.][^=/\\]*)=(.+)$/s.exec(text) ?? [];
  return name === undefined || path === undefined ? { name: null, path: text } : { name, path };
}

function below(root: string, path: string): string {
  const found = pathBelow(root, path);
  if (found !== null) return found;
  throw new AuditError(
    "bad-option",
    `${path} is outside ${root}`,
    "Nothing outside the repository is read: write the plan into it, or run check there.",
  );
}

/** The folder that holds all paths: the one that is given, or the parent of a file. */
function commonFolder(paths: readonly string[]): string {
  const folders = paths.map((path) => (isFolder(path) ? path : dirname(path)));
  const parts = folders.map((folder) => folder.split(sep));
  const [first = []] = parts;
  const shared = first.findIndex((part, index) => parts.some((other) => other[index] !== part));
  const common = (shared === -1 ? first : first.slice(0, shared)).join(sep) || sep;
  if (isFolder(common)) return realpathSync(common);
  throw new AuditError(
    "bad-option",
    `there is no ${paths[0] ?? common}`,
    "Name a plan, a template, or a folder of Terraform source.",
  );
}

const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** Without a repository nothing but what was named is read. */
function onlyBelow({ read, list }: Files, paths: readonly string[]): Files {
  const isNamed = (path: string) =>
    paths.some((each) => each === "" || path === each || path.startsWith(`${each}/`));
  return {
    read: (path) => (isNamed(path) ? read(path) : null),
    list: (folder) => (isNamed(folder) ? list(folder) : []),
  };
}

/** What GitHub says of the run that this is part of; null: it is none. */
export function eventOf(env: NodeJS.ProcessEnv): Event | null {
  const { GITHUB_ACTIONS, GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: path, GITHUB_SHA: sha } = env;
  if (GITHUB_ACTIONS !== "true" || !name || !path) return null;
  try {
    const payload: unknown = JSON.parse(readFileSync(path, "utf8"));
    return { name, payload, sha };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new AuditError(
      "bad-option",
      `the event at ${path} cannot be read (${why})`,
      "Name what to compare with by --base-ref.",
    );
  }
}

/** Whether somebody proposes a change: then the rules of the base judge it. */
export const isProposal = (event: Event | null, baseRef: string | undefined): boolean =>
  baseRef !== undefined || event?.name === "merge_group" || isPullRequest(event?.name ?? "", true);

/** Whether a pull request comes from another repository, whose runs get no credentials. */
export function isFromFork({ name, payload }: Event): boolean {
  if (!isPullRequest(name, false)) return false;
  const head = within(payload, ["pull_request", "head", "repo", "full_name"]);
  const base = within(payload, ["repository", "full_name"]);
  return head !== base;
}

/** What the change is compared with; null: nothing. */
export function comparedWith(
  { repository }: Checkout,
  { baseRef, event }: { baseRef: string | undefined; event: Event | null },
): Base | null {
  if (repository !== null) return baseOf(repository, { baseRef, event });
  if (baseRef === undefined) return null;
  throw new AuditError(
    "bad-option",
    "there is no git repository here, so --base-ref names nothing",
    "Run check in the repository, or leave --base-ref out: then every finding counts.",
  );
}

/** The config and policies as a commit has them, by the paths that they have on the disk. */
export function committedText({ root }: Checkout, files: Files): TextSource {
  const inside = (path: string) => insideRoot(root, path);
  return {
    has: (path) => files.read(inside(path)) !== null,
    text: (path) => {
      const bytes = files.read(inside(path));
      if (bytes === null) throw new Error("the base does not have it");
      return new TextDecoder("utf-8").decode(bytes);
    },
    names: (folder) => files.list(inside(folder)).map(({ name }) => name),
  };
}

/** A path on the disk, relative to the root of the checkout; it need not be there. */
export const insideRoot = (root: string, path: string): string =>
  relative(root, resolve(realpathSync("."), path))
    .split(sep)
    .join("/");

/** What a commit holds and is too large to be read is not compared. */
function isListed(files: Files, path: string): boolean {
  const at = path.lastIndexOf("/");
  const name = path.slice(at + 1);
  return files.list(path.slice(0, Math.max(0, at))).some((each) => each.name === name);
}

/** Tells files that are just as they were committed; those that the user names only in a proposal. */
export function broughtBy(
  { repository, files }: Checkout,
  isProposed: boolean,
): (path: string, isNamed: boolean) => boolean {
  let committed: Files | null = null;
  return (path, isNamed) => {
    if (repository === null || (isNamed && !isProposed)) return false;
    committed ??= repository.files("HEAD");
    const [former, now] = [committed.read(path), files.read(path)];
    if (former === null) return isListed(committed, path);
    return now !== null && Buffer.compare(former, now) === 0;
  };
}
