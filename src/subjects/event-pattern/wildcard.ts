type Token = { literal: string } | "any";

/** Whether the value matches a pattern in which `*` stands for any text and `\*` for itself, in bounded time. */
export function wildcardMatches(pattern: string, value: string): boolean {
  const tokens = tokensOf(pattern);
  let [at, in_, star, kept] = [0, 0, -1, 0];
  while (in_ < value.length) {
    const token = tokens[at];
    if (token === "any") [star, kept, at] = [at, in_, at + 1];
    else if (token !== undefined && token.literal === value[in_]) [at, in_] = [at + 1, in_ + 1];
    else if (star >= 0) [kept, at, in_] = [kept + 1, star + 1, kept + 1];
    else return false;
  }
  return tokens.slice(at).every((token) => token === "any");
}

function tokensOf(pattern: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < pattern.length; at += 1) {
    const isEscaped = pattern[at] === "\\" && /[*\\]/.test(pattern[at + 1] ?? "");
    if (isEscaped) at += 1;
    const literal = pattern[at] ?? "";
    tokens.push(!isEscaped && literal === "*" ? "any" : { literal });
  }
  return tokens;
}
