import { compare } from "../evaluate/accounts.ts";
import type { Audit } from "../evaluate/audit.ts";
import { carriedNotes } from "./change-text.ts";
import type { Results } from "./results-schema.ts";
import { aboutWaiver } from "./waiver-text.ts";

const SAMPLE = 20;

/** What is worth knowing and gates nothing. */
export function notes({ additional, unknowns, waivers, findings }: Audit): Results["notes"] {
  return [
    ...carriedNotes(findings),
    ...waivers.map(aboutWaiver),
    ...redundant(additional),
    ...unknowns
      .filter(({ counted }) => !counted)
      .map(({ reason, action, verdicts, affects, places }) => ({
        id: `not-judged/${[reason, action].filter((part) => part !== null).join("/")}`,
        text: `${verdicts} verdicts are not judged here: ${reason}${action === null ? "" : ` (${action})`}`,
        accounts: affects.accounts,
        sample: places,
      })),
  ];
}

/** One note for all trails that only repeat what others record, however many they are. */
function redundant(additional: Audit["additional"]): Results["notes"] {
  if (additional.length === 0) return [];
  const ids = new Set(additional.map(({ subject }) => subject.id));
  const accounts = new Set(additional.map(({ subject }) => subject.account));
  return [
    {
      id: "redundant-trails",
      text: `${additional.length} findings about ${ids.size} resources of trails that only repeat what other trails record, at a cost`,
      accounts: accounts.size,
      sample: [...ids].sort(compare).slice(0, SAMPLE),
    },
  ];
}
