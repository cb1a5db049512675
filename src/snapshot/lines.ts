import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";

/** A record of 10,000 accounts stays far below this; what is longer is not ours. */
export const LINE_LIMIT = 64 * 1024 * 1024;

const PIECE = 1024 * 1024;

/** Where a file stopped making sense, in words; null where it was read to its end. */
export type LineEnding = { trouble: string | null };

/**
 * The lines of a gzip file, as long as they are whole. A cut or corrupt file gives the lines before
 * the damage, and `ending.trouble` then says what is wrong; errors of the file system are thrown.
 */
export async function* gunzippedLines(path: string, ending: LineEnding): AsyncGenerator<string> {
  const source = createReadStream(path);
  // Larger than most records: each smaller piece would copy what has come of its line so far.
  const gunzip = createGunzip({ chunkSize: PIECE });
  source.on("error", (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  let rest = "";
  const decoder = new TextDecoder("utf-8");
  try {
    for await (const chunk of gunzip) {
      const parts = (rest + decoder.decode(chunk, { stream: true })).split("\n");
      rest = parts.pop() ?? "";
      yield* parts;
      if (rest.length > LINE_LIMIT) {
        ending.trouble = `a line is longer than ${LINE_LIMIT} characters`;
        return;
      }
    }
    if (rest !== "") ending.trouble = "the last line is not complete";
  } catch (error) {
    if (!isDamage(error)) throw error;
    ending.trouble = error.code === "Z_BUF_ERROR" ? "the file is cut off" : error.message;
  } finally {
    source.destroy();
  }
}

function isDamage(error: unknown): error is Error & { code: string } {
  return error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
}
