/** The longest pattern that a policy may hold, in characters. */
export const MAX_PATTERN_LENGTH = 200;

type Group = { varies: boolean };

const TOKEN =
  /\\k|\\[1-9]|\\.|\[(?:\\.|[^\]\\])*\]|\(\?(?:[:=!]|<[=!]|<\w+>)|[()|*+?]|\{\d+(?:,\d*)?\}|./gsu;

/**
 * Compiles a policy's regular expression. Throws a SyntaxError for one that is malformed, longer
 * than 200 characters, or can take exponential time: those who are judged choose the texts that
 * it is run on.
 */
export function safePattern(source: string): RegExp {
  if (source.length > MAX_PATTERN_LENGTH) {
    throw new SyntaxError(`it is longer than ${MAX_PATTERN_LENGTH} characters`);
  }
  const compiled = new RegExp(source, "u");
  refuseNestedRepetition(source.match(TOKEN) ?? []);
  return compiled;
}

function refuseNestedRepetition(tokens: readonly string[]): void {
  const open: Group[] = [{ varies: false }];
  let closed: Group | null = null;
  for (const token of tokens) {
    if (token === "\\k" || /^\\[1-9]$/.test(token)) {
      throw new SyntaxError("it refers back to a group");
    }
    if (closed?.varies && repeats(token)) {
      throw new SyntaxError("it repeats a group that itself repeats or has alternatives");
    }
    closed = token === ")" ? (open.pop() ?? null) : null;
    const around = open.at(-1);
    if (around !== undefined) around.varies ||= varies(token) || closed?.varies === true;
    if (token.startsWith("(")) open.push({ varies: false });
  }
}

function varies(token: string): boolean {
  return /^(?:[|*+?]|\{\d+,\d*\})$/.test(token);
}

/** Whether this quantifier lets what stands before it occur more than once. */
function repeats(token: string): boolean {
  if (token === "*" || token === "+") return true;
  const bounds = /^\{(\d+)(,?)(\d*)\}$/.exec(token);
  if (bounds === null) return false;
  const [, least, comma, most] = bounds;
  if (comma === "") return Number(least) > 1;
  return most === "" || Number(most) > 1;
}
