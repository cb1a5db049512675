import type { CompiledPolicy } from "../policy/compile.ts";
import type { Subject } from "../subjects/schema/kinds.ts";
import { unknownFinding } from "./account-audited.ts";
import { type Alerts, alerts } from "./alerts.ts";
import type { Carried } from "./carry.ts";
import { coverageMap } from "./coverage.ts";
import { type Failed, failures } from "./failures.ts";
import { inOrder } from "./finding.ts";
import { isCounted, type UnknownGroup, unknownGroups } from "./unknowns.ts";
import type { SubjectReference, SubjectVerdict } from "./verdict.ts";
import { waivedUnknowns } from "./waived-unknowns.ts";
import type { Waiver, Waivers } from "./waiver.ts";

/** Takes verdicts as they come, and tells at the end what they amount to. */
export function tallyOf(waivers: Waivers) {
  const verdicts = { pass: 0, fail: 0, unknown: 0, waived: 0 };
  const failing = failures();
  const additional = failures();
  const unknowns = unknownGroups();
  const accepted = waivedUnknowns();
  const coverage = coverageMap();
  const proven = new Set<string>();
  /** An account comes before all that is in it. */
  const meet = ({ kind, fields }: Subject) => {
    if (kind === "account" && fields.hasMultiRegionTrailLogging === true) proven.add(fields.id);
  };
  /** Everything but passes, which have no match to tell. */
  const add = ({ verdict, subject, compiled, match }: Failed) => {
    coverage.add(verdict);
    if (verdict.verdict === "unknown" && match.live !== null) {
      verdicts.waived += 1;
      return accepted.add(verdict, match.live);
    }
    verdicts[verdict.verdict] += 1;
    if (verdict.verdict === "unknown") unknowns.add(verdict, isCounted(verdict, proven));
    if (verdict.verdict === "fail") {
      (verdict.additional ? additional : failing).add({ verdict, subject, compiled, match });
    }
  };
  const pass = ({ policy }: CompiledPolicy, subject: SubjectReference) => {
    coverage.add({ policy: policy.id, verdict: "pass", subject });
    verdicts.pass += 1;
  };
  const told = (carried: Carried | null) => {
    const main = alerts([...failing.all(), ...(carried?.failures ?? [])]);
    const marked = carried?.marked ?? unmarked;
    const aside = alerts(additional.all());
    const groups = unknowns.groups();
    const covered = main.covered + aside.covered;
    return {
      verdicts: { ...verdicts, fail: verdicts.fail - covered, waived: verdicts.waived + covered },
      findings: [...main.findings.map(marked), ...blind(groups)].sort(inOrder),
      explained: main.explained,
      additional: aside.findings,
      waived: [...main.waived.map(marked), ...aside.waived, ...accepted.told()].sort(inOrder),
      unknowns: groups,
      coverage: coverage.rows(),
      waiverOf: covering(waivers, [main, aside]),
    };
  };
  return { proven, meet, pass, add, told };
}

const unmarked: Carried["marked"] = (finding) => finding;

const blind = (groups: readonly UnknownGroup[]) =>
  groups.filter(({ counted }) => counted).map(unknownFinding);

function covering(waivers: Waivers, told: readonly Alerts[]) {
  return (verdict: SubjectVerdict): Waiver | null => {
    if (verdict.verdict === "pass") return null;
    if (verdict.verdict === "unknown") return waivers.match(verdict).live;
    return told.map(({ waiverOf }) => waiverOf(verdict)).find((each) => each !== null) ?? null;
  };
}
