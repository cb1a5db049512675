/** A place in a file of the checkout; lines and columns count from 1, as GitHub's do. */
export type Location = {
  /** Relative to the root of the repository, or of the given path, with `/` between folders. */
  file: string;
  line: number;
  column: number;
  endLine: number;
  /** The column after the last character. */
  endColumn: number;
};
