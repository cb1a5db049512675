import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";

/** A record of 10,000 accounts stays far below this; what is longer is not ours. */
export const LINE_LIMIT = 64 * 1024 * 1024;

const PIECE = 1024 * 1024;

/** Where a file stopped making sense, in words; null where it was read to its end. */
export type LineEnding = { trouble: string | null };

/**
 * The lines of a gzip file, as long as they are whole: UTF-8, without their line feeds. A cut or
 * corrupt file gives the lines before the damage, and `ending.trouble` then says what is wrong;
 * errors of the file system are thrown.
 */
export async function* gunzippedLines(path: string, ending: LineEnding): AsyncGenerator<Buffer> {
  const source = createReadStream(path);
  // Larger than most records, so that few lines are put together from pieces.
  const gunzip = createGunzip({ chunkSize: PIECE });
  source.on("error", (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  const rest = pieces();
  try {
    for await (const chunk of gunzip) {
      yield* rest.lines(chunk);
      if (rest.length() > LINE_LIMIT) {
        ending.trouble = `a line is longer than ${LINE_LIMIT} bytes`;
        return;
      }
    }
    if (rest.length() > 0) ending.trouble = "the last line is not complete";
  } catch (error) {
    if (!isDamage(error)) throw error;
    ending.trouble = error.code === "Z_BUF_ERROR" ? "the file is cut off" : error.message;
  } finally {
    source.destroy();
  }
}

const LINE_FEED = 10;

/** Puts lines together from chunks that end anywhere. */
function pieces() {
  let held: Buffer[] = [];
  let length = 0;
  function* lines(chunk: Buffer): Generator<Buffer> {
    let from = 0;
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, from)) {
      const end = chunk.subarray(from, at);
      yield held.length === 0 ? end : Buffer.concat([...held, end]);
      held = [];
      length = 0;
      from = at + 1;
    }
    if (from === chunk.length) return;
    held.push(chunk.subarray(from));
    length += chunk.length - from;
  }
  return { lines, length: () => length };
}

function isDamage(error: unknown): error is Error & { code: string } {
  return error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
}
