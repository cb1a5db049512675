/** One line of the table. `limit` is what is to be reached; `least`: at least that, else at most. */
export type Line = {
  what: string;
  value: number;
  unit: Unit;
  limit?: number;
  least?: boolean;
  /** The same measure as a multiple of something else in this run. */
  ratio?: string;
};

export type Unit = "ms" | "s" | "MB" | "calls" | "times" | "ms a call";

const DIGITS: Record<Unit, number> = { ms: 0, s: 1, MB: 1, calls: 0, times: 1, "ms a call": 2 };

/** `what  measured  reach  ratio  met`, in columns. */
export function written({ what, value, unit, limit, least = false, ratio = "" }: Line): string {
  const shown = (number: number) => `${number.toFixed(DIGITS[unit])} ${unit}`;
  const reach = limit === undefined ? "" : `${least ? "at least" : "at most"} ${shown(limit)}`;
  const isMet = limit === undefined || (least ? value >= limit : value <= limit);
  const verdict = limit === undefined ? "" : isMet ? "met" : "NOT MET";
  return [what.padEnd(58), shown(value).padStart(14), reach.padStart(22), ratio.padStart(22)]
    .concat(verdict.padStart(9))
    .join(" ");
}

export const megabytes = (bytes: number): number => bytes / 1_000_000;
export const times = (more: number, less: number): string => `${(more / less).toFixed(1)} times`;
