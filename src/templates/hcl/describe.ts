import type { Expression } from "./syntax.ts";

/** An expression as one might write it, cut short: for the detail of an unknown. */
export function describe(expression: Expression, depth = 0): string {
  if (depth > 8) return "…";
  const inner = (each: Expression) => describe(each, depth + 1);
  switch (expression.kind) {
    case "name":
      return expression.name;
    case "attribute":
      return `${inner(expression.from)}.${expression.name}`;
    case "index":
      return `${inner(expression.from)}[${inner(expression.key)}]`;
    case "splat":
      return `${inner(expression.from)}[*]`;
    case "literal":
      return JSON.stringify(expression.value).slice(0, 40);
    case "parentheses":
      return inner(expression.of);
    case "call":
      return `${expression.name}(${expression.args.slice(0, 3).map(inner).join(", ")})`;
    case "conditional":
      return `${inner(expression.condition)} ? ${inner(expression.yes)} : ${inner(expression.no)}`;
    case "binary":
      return `${inner(expression.left)} ${expression.operator} ${inner(expression.right)}`;
    case "unary":
      return `${expression.operator}${inner(expression.of)}`;
    default:
      return "…";
  }
}
