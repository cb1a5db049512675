import { CURES } from "../evaluate/cures.ts";
import type { UnknownGroup } from "../evaluate/unknowns.ts";
import type { Ink } from "./markdown.ts";
import type { Report } from "./report.ts";
import type { Section } from "./summary-budget.ts";
import { counted } from "./terminal.ts";

const SHOWN_ACCOUNTS = 50;
const SHOWN_POLICIES = 5;

/** What could not be looked at, by cause, each with the one thing that cures it; then the accounts. */
export function unknownSection({ audit }: Report, pen: Ink): Section | null {
  const groups = audit.unknowns.filter(({ counted: counts }) => counts);
  const gaps = audit.accounts.filter(({ state }) => state === "partial" || state === "unreachable");
  if (groups.length + gaps.length === 0) return null;
  const names = new Map(audit.accounts.map(({ id, name }) => [id, name]));
  const shown = gaps.slice(0, SHOWN_ACCOUNTS);
  return {
    heading: "## What could not be looked at",
    lead: "",
    items: [
      ...groups.map((group) => causeLine(group, pen, names)),
      ...shown.map(
        ({ id, name, state, why }) =>
          `- ${pen.account(id, name)}: ${state}: ${pen.prose(why ?? "")}`,
      ),
    ],
    hidden: gaps.length - shown.length,
    separator: "\n",
    leftOut: (count) => `… and ${count} more, all in \`results.json\`.`,
    share: 0.15,
  };
}

function causeLine(
  { reason, action, detail, ...group }: UnknownGroup,
  pen: Ink,
  names: Names,
): string {
  const { verdicts, policies, affects, places } = group;
  const what = action === null ? `**${reason}**` : `**${reason}**: ${pen.code(action)}`;
  const named = policies.slice(0, SHOWN_POLICIES).map(pen.code).join(", ");
  const others =
    policies.length > SHOWN_POLICIES
      ? ` and ${policies.length - SHOWN_POLICIES} more policies`
      : "";
  const where = places
    .slice(0, 3)
    .map((place) => placeWords(place, pen, names))
    .join("; ");
  return [
    `- ${what} left ${counted(verdicts, "verdict")} undecided in ${counted(affects.accounts, "account")} (${where}${places.length > 3 ? "; …" : ""}), of ${named}${others}`,
    ...(detail === null ? [] : [`  - AWS said: ${pen.prose(detail)}`]),
    `  - Cure: ${CURES[reason]}`,
  ].join("\n");
}

type Names = ReadonlyMap<string, string | null>;

/** A place as `<account>` or `<account>/<region>`, with the account's name. */
function placeWords(place: string, pen: Ink, names: Names): string {
  const [id = "", region] = place.split("/");
  const name = names.get(id);
  const who = name === undefined ? pen.prose(id) : pen.account(id, name);
  return region === undefined ? who : `${who} ${pen.prose(region)}`;
}
