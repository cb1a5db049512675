import type { Cursor } from "./cursor.ts";
import { parseExpression } from "./expression.ts";
import type { Expression, Source } from "./syntax.ts";

/** An expression that the JSON syntax writes as a text: a type, an address, a provider. */
export function parseTypeText(expression: Expression, source: Source): Expression {
  if (expression.kind !== "literal" || typeof expression.value !== "string") return expression;
  const cursor: Cursor = {
    source: { file: source.file, text: expression.value },
    at: 0,
    newlineIsSpace: true,
    depth: 0,
  };
  return parseExpression(cursor);
}
