/**
 * How readers of templates see the checkout, or the base of a pull request in git. Paths are
 * relative to the root, with `/` between folders; nothing outside the root can be read.
 */
export type Files = {
  /** The bytes of a file; null: there is no such file. */
  read(path: string): Uint8Array | null;
  /** What a folder holds; empty where there is no such folder. The root is "". */
  list(folder: string): { name: string; isFolder: boolean }[];
};
