/** A file's text and its name, relative to the root. */
export type Source = { file: string; text: string };

/** Offsets into the text of a source, in UTF-16 units; the end is the first that is outside. */
export type Span = { start: number; end: number };

/** An expression of the language, as written. Text around interpolations is literal parts. */
export type Expression = Span &
  (
    | { kind: "literal"; value: null | boolean | number | string }
    | { kind: "template"; parts: readonly Expression[] }
    | { kind: "tuple"; items: readonly Expression[] }
    | { kind: "object"; entries: readonly { key: Expression; value: Expression }[] }
    | { kind: "name"; name: string }
    | { kind: "parentheses"; of: Expression }
    | { kind: "attribute"; from: Expression; name: string }
    | { kind: "index"; from: Expression; key: Expression }
    | { kind: "splat"; from: Expression; each: Expression }
    | { kind: "splat-item" }
    | { kind: "call"; name: string; args: readonly Expression[]; spread: boolean }
    | { kind: "unary"; operator: string; of: Expression }
    | { kind: "binary"; operator: string; left: Expression; right: Expression }
    | { kind: "conditional"; condition: Expression; yes: Expression; no: Expression }
    | ForExpression
  );

/** `[for k, v in each : value if condition]`, or with `key =>` an object. */
export type ForExpression = {
  kind: "for";
  keyName: string | null;
  valueName: string;
  each: Expression;
  key: Expression | null;
  value: Expression;
  condition: Expression | null;
  /** `...` after the value: values of equal keys are grouped in lists. */
  group: boolean;
};

export type Attribute = { name: string; value: Expression; span: Span; source: Source };

export type Block = {
  type: string;
  labels: readonly string[];
  body: Body;
  /** From the type up to the opening brace. */
  header: Span;
  source: Source;
};

/** What is between braces, or a whole file. */
export type Body = { attributes: ReadonlyMap<string, Attribute>; blocks: readonly Block[] };

/** Nothing that people write nests deeper; what does is refused. */
export const MAX_NESTING = 150;
