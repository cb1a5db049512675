import { firstFew } from "../../../snapshot/first-few.ts";
import type { PlannedTopic } from "../../../snapshot/planned-topics.ts";
import { decided } from "../../../snapshot/stand-in.ts";
import { isKnown, isUnknown, openEnd, type Unknown } from "../../../snapshot/unknown.ts";
import { naming, subjectId } from "../../naming.ts";
import type { Explained } from "../changes.ts";
import { fateOf, type Sides } from "../fate.ts";
import type { Loss } from "../subject.ts";
import type { TrailLoss } from "../trails.ts";
import { type Unheard, unheard } from "./compared.ts";
import type { Watcher } from "./watcher.ts";
import { type Watching, watchersOf } from "./watchers.ts";

/** A topic or a watcher of which fewer hear, and what of subjects afterwards follows from it. */
export type HearingLoss = Loss & { explains: readonly Explained[] };

/** What becomes of those who hear of what watches trails. */
export function lossesOfHearing(sides: Sides, trails: readonly TrailLoss[]): HearingLoss[] {
  if (sides.before.topics === undefined || sides.after.topics === undefined) return [];
  const byTopic = new Map<string, Told[]>();
  const own: HearingLoss[] = [];
  for (const watching of watchersOf(sides, trails)) {
    for (const each of missed(sides, watching)) {
      const { topic } = each;
      if (topic === null) own.push(watcherLoss(watching, each));
      else {
        const id = subjectId(topic);
        byTopic.set(id, [...(byTopic.get(id) ?? []), { ...each, topic, watching }]);
      }
    }
  }
  return [...own, ...[...byTopic.values()].flatMap((all) => topicLoss(sides, all))];
}

type Told = Unheard & { topic: PlannedTopic; watching: Watching };

/** What is read is asked last of all: most watchers are heard as they were. */
function missed(sides: Sides, { was, now, matters }: Watching): Unheard[] {
  const found = unheard(sides, was, now);
  const isAbout = found.length > 0 && matters();
  if (isAbout === false) return [];
  return isUnknown(isAbout) ? found.map((each) => ({ ...each, text: isAbout })) : found;
}

function watcherLoss({ was, now }: Watching, { text, told }: Unheard): HearingLoss {
  const { type, arn, accountId, region, id } = was;
  const lost = isKnown(text) ? [`${was.shown}: ${text}`] : openEnd([text]);
  return {
    ...naming({ arn, planned: plannedIn(id) }, was.name),
    type,
    ...inPlace({ accountId, region }, lost),
    become: { fate: was.id === now.id ? "kept" : "moved", id: now.id, now: null },
    told: { recording: null, protection: told },
    explains: [],
  };
}

function plannedIn(id: string) {
  const at = id.indexOf("#");
  return { stack: id.slice(0, at), address: id.slice(at + 1) };
}

const inPlace = (
  { accountId, region }: Pick<Watcher, "accountId" | "region">,
  lostProtection: (string | Unknown)[],
) => ({
  accountId: decided(accountId),
  region: decided(region),
  coveredByOthers: false,
  lostRecording: [],
  lostProtection,
  users: [],
  isLoss: true,
});

/** What several watchers lose by one topic is one loss. */
function topicLoss(sides: Sides, all: readonly Told[]): HearingLoss[] {
  const [first] = all;
  if (first === undefined) return [];
  const { topic } = first;
  const id = subjectId(topic);
  const names = new Map<string, string[]>();
  for (const { text, watching } of all) {
    if (isKnown(text)) names.set(text, [...(names.get(text) ?? []), watching.was.shown]);
  }
  const lost = [...names].map(([text, who]) => `topic of ${firstFew(who, 3)}: ${text}`);
  const told = all.find(({ text }) => isKnown(text)) ?? first;
  return [
    {
      ...naming(topic, topic.name),
      type: "topic",
      ...inPlace(topic, [...lost, ...openEnd(all.map(({ text }) => text))]),
      become: { fate: fateOf(sides, id), id, now: null },
      told: { recording: null, protection: told.told },
      explains: all.flatMap(({ watching: { now } }) =>
        now.type === "trail" ? [{ id: now.id, pointers: ["/topic"] }] : [],
      ),
    },
  ];
}
