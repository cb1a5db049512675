import { hasStandIn } from "../../../snapshot/stand-in.ts";
import type { Effect } from "../../../subjects/overlay/effects.ts";
import type { LiveView } from "../../../subjects/overlay/live-trails.ts";
import type { Overlay } from "../../../subjects/overlay/overlaid.ts";
import { listed } from "./messages.ts";
import type { LiveWays } from "./overlays.ts";

const DAY = 86_400_000;
const OLD_AFTER_DAYS = 7;

/** What the reader should know of the snapshot itself; `today` is `YYYY-MM-DD`. */
export function snapshotNotes(
  { header }: LiveView,
  { before, after }: LiveWays,
  today: string,
): string[] {
  const days = Math.floor((Date.parse(today) - Date.parse(header.startedAt)) / DAY);
  const old =
    days > OLD_AFTER_DAYS
      ? [`The live snapshot is ${days} days old: what has changed since is not in it.`]
      : [];
  const partitions = new Set(
    [...before, ...after].flatMap(({ side }) =>
      side.records.flatMap((record) => (record.kind === "header" ? [record.partition] : [])),
    ),
  );
  const others = [...partitions].filter(
    (each) => each !== "" && !hasStandIn(each) && each !== header.partition,
  );
  return [
    ...old,
    ...others.map(
      (each) =>
        `The change is made in partition ${each}, and the live snapshot is of ${header.partition}: what it changes there is not compared.`,
    ),
  ];
}

/** What could not be laid over the snapshot, and why. */
export function overlayNotes({ view, effects, guards }: Overlay): string[] {
  return [...effects.flatMap((effect) => noteOf(view, effect) ?? []), ...guards.notes];
}

function noteOf(view: LiveView, { change, found, made }: Effect): string | null {
  const trail = change.before ?? change.after;
  if (trail === null) return null;
  const { id, record } = trail;
  const isKnown = !hasStandIn(record.accountId);
  if (change.before !== null && found.arns.length === 0)
    return notThere(view, id, record.accountId);
  if (made !== null && !isKnown) return `In which account ${id} is made is not known: ${CURE}`;
  if (made !== null && !view.accounts.has(record.accountId)) {
    return notThere(view, id, record.accountId);
  }
  if (found.doubt === null) return null;
  const names = listed(found.arns);
  return `Which trail of the live snapshot ${id} is cannot be told, so that what the change touches is not known of ${names}: ${CURE}`;
}

const CURE = "give the stack's account and region under `stacks` in trailproof.yaml.";

function notThere({ accounts }: LiveView, id: string, account: string): string {
  const isElsewhere = !hasStandIn(account) && !accounts.has(account);
  return isElsewhere
    ? `The live snapshot does not show account ${account}, where ${id} is: it may be of another organization.`
    : `The live snapshot does not have the trail ${id}: what the change does to it is not compared.`;
}
