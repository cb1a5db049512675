/** One place where two answers differ, each value as short JSON. */
export type Difference = { path: string; moto: string; ours: string };

/**
 * Where two answers differ, leaf by leaf. Times are compared by being there, and ids that each
 * server makes up by their form.
 */
export function differences(moto: unknown, ours: unknown, path = ""): Difference[] {
  if (isObject(moto) && isObject(ours)) {
    const names = [...new Set([...Object.keys(moto), ...Object.keys(ours)])].sort();
    return names.flatMap((name) =>
      differences(Reflect.get(moto, name), Reflect.get(ours, name), `${path}/${name}`),
    );
  }
  if (Object.is(masked(moto), masked(ours))) return [];
  return [{ path, moto: short(moto), ours: short(ours) }];
}

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !(value instanceof Date);

/** Milliseconds since 1970, as CloudWatch Logs spells times; no other number here is as great. */
const TIMES_FROM = 1e12;

const MADE_UP: [RegExp, string][] = [
  [/\bou-[0-9a-z]{4,32}-[0-9a-z]{8,32}/g, "ou-*"],
  [/\bo-[0-9a-z]{10,32}/g, "o-*"],
  [/\br-[0-9a-z]{4,32}/g, "r-*"],
  [/^[0-9a-f]{32,64}$/, "canonical-*"],
  [/\bp-[0-9a-z]{8,32}$/g, "p-*"],
  [/^(AROA|ANPA)[0-9A-Z]+/, "$1*"],
  [/^ASIA[0-9A-Z]+$/, "ASIA*"],
];

function masked(value: unknown): unknown {
  if (value instanceof Date) return "a time";
  if (typeof value === "number") return value > TIMES_FROM ? "a time" : value;
  if (typeof value !== "string") return value;
  return MADE_UP.reduce((text, [pattern, form]) => text.replace(pattern, form), value);
}

const short = (value: unknown): string =>
  value instanceof Date ? "a time" : (JSON.stringify(value) ?? "absent").slice(0, 120);
