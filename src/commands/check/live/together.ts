import type { Finding } from "../../../evaluate/finding.ts";
import type { Differences } from "./differences.ts";

type Told = Differences & {
  /** What was taken for granted; null: nothing. */
  assuming: string | null;
};

/** What the change may break in one of the ways that it may turn out, and what it mends in each. */
export function together(ways: readonly Told[]): Differences {
  const [first, ...others] = ways;
  if (first === undefined) return { findings: [], explained: [], waived: [], mended: [] };
  if (others.length === 0) return first;
  const inEach = ways.map((way) => among(way.findings));
  const findings = union(ways, ({ findings: own, assuming }) =>
    own.map((each) => {
      const isAlways = inEach.every((has) => has(each));
      return isAlways || assuming === null
        ? each
        : { ...each, message: `When ${assuming}: ${each.message}` };
    }),
  );
  const isRoot = among(findings);
  const mendedByOthers = others.map(({ mended }) => among(mended));
  return {
    findings,
    explained: union(ways, ({ explained }) => explained).filter((each) => !isRoot(each)),
    waived: union(ways, ({ waived }) => waived),
    mended: first.mended.filter((each) => mendedByOthers.every((has) => has(each))),
  };
}

type Marked = Pick<Finding, "fingerprint">;

function among(list: readonly Marked[]): (each: Marked) => boolean {
  const known = new Set(list.map(({ fingerprint }) => fingerprint));
  return ({ fingerprint }) => known.has(fingerprint);
}

function union<T extends Marked>(ways: readonly Told[], of: (way: Told) => readonly T[]): T[] {
  const found = new Map<string, T>();
  for (const each of ways.flatMap(of)) {
    if (!found.has(each.fingerprint)) found.set(each.fingerprint, each);
  }
  return [...found.values()];
}
