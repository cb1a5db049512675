/** What a folder holds under one name. `isLink`: it only leads to what is somewhere else in the root. */
export type FileEntry = { name: string; isFolder: boolean; isLink?: boolean };

/**
 * How readers of templates see the checkout, or the base of a pull request in git. Paths are
 * relative to the root, with `/` between folders; nothing outside the root can be read.
 */
export type Files = {
  /** The bytes of a file; null: there is no such file. */
  read(path: string): Uint8Array | null;
  /** What a folder holds; empty where there is no such folder. The root is "". */
  list(folder: string): FileEntry[];
  /** Says what will be read, for those that fetch many files as fast as one. */
  expect?(paths: readonly string[]): void;
};
