/** Names the first of many, and says how many more there are: `a, b and 3 more`. */
export function firstFew(names: readonly string[], most: number): string {
  const left = names.length - most;
  return `${names.slice(0, most).join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
}
