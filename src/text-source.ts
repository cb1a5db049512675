import { existsSync, readdirSync, readFileSync } from "node:fs";

/**
 * Where the config and policies of one's own are read: the disk, or the base of a pull request in
 * git, whose rules judge it. `text` and `names` throw what says why nothing can be read.
 */
export type TextSource = {
  has(path: string): boolean;
  text(path: string): string;
  /** The names of what a folder holds. */
  names(folder: string): string[];
};

export const ON_DISK: TextSource = {
  has: existsSync,
  text: (path) => readFileSync(path, "utf8"),
  names: (folder) => readdirSync(folder),
};
