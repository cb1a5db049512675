import { type Builtin, itemsOf, ofTexts } from "./builtin.ts";
import {
  failure,
  isFailure,
  isList,
  isOpaque,
  numberOf,
  settled,
  type Term,
  textOf,
  unresolved,
} from "./term.ts";
import { concatenated } from "./text.ts";
import { MAX_WEIGHT } from "./work.ts";

const join: Builtin = ([separator = null, ...lists]) => {
  const between = textOf(separator);
  if (typeof between !== "string") return between;
  const terms: Term[] = [];
  for (const list of lists) {
    const found = itemsOf(list);
    if ("instead" in found) return found.instead;
    for (const item of found.items) terms.push(...(terms.length > 0 ? [between] : []), item);
  }
  return concatenated(terms);
};

const replace = ofTexts((text = "", wanted = "", by = "") => {
  if (wanted.length > 1 && wanted.startsWith("/") && wanted.endsWith("/"))
    return unresolved("replace() with a regular expression");
  const parts = text.split(wanted);
  if (text.length + parts.length * by.length > MAX_WEIGHT)
    return unresolved("a text too long to compute");
  return parts.join(by);
});

const split = ofTexts((separator = "", text = "") => text.split(separator));

const substr: Builtin = ([text = null, from = null, count = null]) => {
  const whole = textOf(text);
  const [offset, length] = [numberOf(from), numberOf(count)];
  if (typeof whole !== "string") return whole;
  if (typeof offset !== "number" || typeof length !== "number")
    return typeof offset === "number" ? length : offset;
  const chars = [...whole];
  const start = offset < 0 ? Math.max(0, chars.length + offset) : offset;
  return chars.slice(start, length < 0 ? undefined : start + length).join("");
};

/** `%s`, `%d`, `%v`, `%q` and `%%`; anything finer is left unresolved. */
const format: Builtin = ([pattern = null, ...args]) => {
  const text = textOf(pattern);
  if (typeof text !== "string") return text;
  const pieces = text.split(/(%%|%[-+ #0-9.[\]*]*[a-zA-Z])/);
  if (args.length > pieces.length) return failure("format() with too many arguments");
  let next = 0;
  const terms: Term[] = [];
  for (const [index, piece] of pieces.entries()) {
    if (index % 2 === 0) terms.push(piece);
    else if (piece === "%%") terms.push("%");
    else {
      if (next >= args.length) return failure("format() with too few arguments");
      const formatted = formattedAs(piece, args[next] ?? null);
      if (isFailure(formatted)) return formatted;
      terms.push(formatted);
      next += 1;
    }
  }
  return next < args.length ? failure("format() with too many arguments") : concatenated(terms);
};

function formattedAs(verb: string, term: Term): Term {
  const value = settled(term);
  if (verb === "%s" || (verb === "%v" && !isList(value)))
    return value ?? unresolved("format() of null");
  if (isOpaque(value)) return value;
  const number = numberOf(value);
  const padded = /^%(0?)(\d{0,2})d$/.exec(verb);
  if (padded !== null && typeof number === "number" && Number.isInteger(number) && number >= 0)
    return String(number).padStart(Number(padded[2]), padded[1] === "0" ? "0" : " ");
  if (verb === "%q" && typeof value === "string") return JSON.stringify(value);
  return unresolved(`format() with ${verb.slice(0, 20)}`);
}

const formatlist: Builtin = ([pattern = null, ...args]) => {
  const lists = args.map(settled);
  const length = lists.reduce<number>(
    (most, each) => Math.max(most, isList(each) ? each.length : 0),
    0,
  );
  const open = lists.find(isOpaque);
  if (open !== undefined) return open;
  if (length * (args.length + 1) > 10_000) return unresolved("formatlist() of long lists");
  return Array.from({ length }, (_, index) =>
    format([pattern, ...lists.map((each) => (isList(each) ? (each[index] ?? null) : each))]),
  );
};

const trimWith = (text: string, cutset: string, ends: "both" | "start" | "end"): string => {
  const cut = new Set(cutset);
  const chars = [...text];
  let [from, to] = [0, chars.length];
  while (ends !== "end" && from < to && cut.has(chars[from] ?? "")) from += 1;
  while (ends !== "start" && to > from && cut.has(chars[to - 1] ?? "")) to -= 1;
  return chars.slice(from, to).join("");
};

const title = (text: string): string =>
  text.replace(
    /(^|[^\p{L}\p{N}_'])(\p{L})/gu,
    (_, before: string, first: string) => before + first.toUpperCase(),
  );

const indent: Builtin = ([spaces = null, text = null]) => {
  const [count, whole] = [numberOf(spaces), textOf(text)];
  if (typeof count !== "number") return count;
  if (typeof whole !== "string") return whole;
  if (count < 0 || count > 200) return unresolved("indent()");
  const lines = whole.split("\n");
  if (lines.length * count + whole.length > MAX_WEIGHT)
    return unresolved("a text too long to compute");
  return lines.join(`\n${" ".repeat(count)}`);
};

/** The functions that make texts. */
export const TEXTS: readonly [string, Builtin][] = [
  ["join", join],
  ["split", split],
  ["replace", replace],
  ["substr", substr],
  ["format", format],
  ["formatlist", formatlist],
  ["indent", indent],
  ["lower", ofTexts((text = "") => text.toLowerCase())],
  ["upper", ofTexts((text = "") => text.toUpperCase())],
  ["title", ofTexts((text = "") => title(text))],
  ["trimspace", ofTexts((text = "") => text.trim())],
  ["chomp", ofTexts((text = "") => text.replace(/[\r\n]{1,1000}$/, ""))],
  ["trim", ofTexts((text = "", cut = "") => trimWith(text, cut, "both"))],
  [
    "trimprefix",
    ofTexts((text = "", cut = "") => (text.startsWith(cut) ? text.slice(cut.length) : text)),
  ],
  [
    "trimsuffix",
    ofTexts((text = "", cut = "") =>
      cut !== "" && text.endsWith(cut) ? text.slice(0, -cut.length) : text,
    ),
  ],
  ["startswith", ofTexts((text = "", begin = "") => text.startsWith(begin))],
  ["endswith", ofTexts((text = "", end = "") => text.endsWith(end))],
  ["strcontains", ofTexts((text = "", part = "") => text.includes(part))],
  ["basename", ofTexts((text = "") => text.replace(/\/+$/, "").split("/").at(-1) ?? "")],
  [
    "dirname",
    ofTexts((text = "") =>
      text.includes("/") ? text.slice(0, text.lastIndexOf("/")) || "/" : ".",
    ),
  ],
];
