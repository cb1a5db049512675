const patterns = new Map<string, RegExp>();
const MOST_KEPT = 10_000;

/** Whether text matches a pattern in which `*` stands for any characters. */
export function matches(pattern: string, text: string): boolean {
  if (pattern === "*" || pattern === text) return true;
  if (!pattern.includes("*")) return false;
  let expression = patterns.get(pattern);
  if (expression === undefined) {
    const literals = pattern.split(/\*+/).map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    expression = new RegExp(`^${literals.join(".*")}$`, "s");
    if (patterns.size >= MOST_KEPT) patterns.clear();
    patterns.set(pattern, expression);
  }
  return expression.test(text);
}
