import { type Finding, isPlannedId } from "../../evaluate/finding.ts";
import type { Gated } from "../../evaluate/gate/gated.ts";
import type { Reason, SubjectVerdict } from "../../evaluate/verdict.ts";
import type { Location } from "../../snapshot/location.ts";
import type { Files } from "../../templates/files.ts";
import { locationOf } from "../../templates/records/places.ts";
import type { Worlds } from "./change.ts";

/**
 * Puts the place of the deciding attribute into each finding, and takes out what stood for it in the
 * place of request ids: nobody asked AWS for anything.
 */
export function located(gated: Gated, worlds: Worlds, files: Files): Gated {
  const place = placer(worlds, files);
  const whole = <F extends Finding>(finding: F): F => ({
    ...finding,
    // A plan need not tell the region: that is in the finding's subject, and no place of its own.
    regions: finding.regions.filter((region) => region !== "?"),
    because: unasked(finding.because),
    message: `${finding.message}${constructOf(finding, worlds)}`,
    location: place(finding),
  });
  return {
    ...gated,
    findings: gated.findings.map(whole),
    additional: gated.additional.map(whole),
    waived: gated.waived.map(whole),
  };
}

/** A logical id of the CDK ends with a digest: whoever wrote the construct knows its path. */
function constructOf({ subject: { id } }: Finding, { before, after }: Worlds): string {
  const place = after.places.get(id) ?? before.places.get(id);
  const { title = null, dialect, address } = place?.planned.resource ?? {};
  if (title === null || dialect !== "cloudformation" || !title.includes("/")) return "";
  return title === address ? "" : ` (construct ${title.slice(0, 200)})`;
}

/** A verdict without what stands for requests. */
export const withoutRequests = (verdict: SubjectVerdict): SubjectVerdict => ({
  ...verdict,
  because: unasked(verdict.because),
});

const unasked = (because: readonly Reason[]): Reason[] =>
  because.map((each) => ({ ...each, requestId: null }));

function placer({ before, after }: Worlds, files: Files): (finding: Finding) => Location | null {
  const now = (key: string | null) => locationOf(after.places, key);
  const then = (key: string | null) => stillThere(locationOf(before.places, key), files);
  return (finding) => {
    const keys = [...reasonsByChange(finding), ...blocks(finding)];
    const found = keys.map(now).find((each) => each !== null);
    return found ?? keys.map(then).find((each) => each !== null) ?? null;
  };
}

/** What the change touches goes first. */
function reasonsByChange({ because, before }: Finding): (string | null)[] {
  const was = new Map(
    before?.facts.map(({ pointer, actual }) => [pointer, JSON.stringify(actual)]),
  );
  const isTouched = ({ pointer, actual }: Reason) => was.get(pointer) !== JSON.stringify(actual);
  return [...because.filter(isTouched), ...because].map(({ requestId }) => requestId);
}

/** The block of the resource itself; of a trail in a region, the trail's. */
const blocks = ({ subject: { id } }: Finding): string[] =>
  isPlannedId(id) ? [id, id.replace(/@[^@]*$/, "")] : [];

/**
 * What is gone from a file that is still there points at where it was: at what follows it now, as far
 * as nothing above it changed, and never behind the end.
 */
function stillThere(location: Location | null, files: Files): Location | null {
  const bytes = location === null ? null : files.read(location.file);
  if (location === null || bytes === null) return null;
  const line = Math.max(1, Math.min(location.line, linesIn(bytes)));
  return { file: location.file, line, column: 1, endLine: line, endColumn: 1 };
}

/** A line break at the end begins no line of its own. */
const linesIn = (bytes: Uint8Array): number =>
  new TextDecoder().decode(bytes).trimEnd().split("\n").length;
