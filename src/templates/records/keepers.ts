import { not } from "../../snapshot/logic.ts";
import type { PlannedKeeper } from "../../snapshot/planned-guards.ts";
import { isUnknown } from "../../snapshot/unknown.ts";
import { isRetaining } from "../retained.ts";
import { flag, given, isAbsent } from "./read.ts";
import { ofKinds, type Planned, type World } from "./world.ts";

/** The attributes that keepers are told by. */
export const KEEPERS = [
  "force_destroy",
  "$preventDestroy",
  "$deletionPolicy",
  "$updateReplacePolicy",
] as const;

/** What keeps buckets and keys from being deleted, by their ids; who says nothing has none. */
export function keepers(world: World): Map<string, PlannedKeeper[]> {
  const all = ofKinds(world, "bucket", "key", "replicaKey");
  return new Map(all.map((planned) => [planned.id, keepersOf(planned)]));
}

function keepersOf(planned: Planned): PlannedKeeper[] {
  const { values, kind, resource } = planned;
  if (resource.dialect !== "terraform") {
    return [
      policy("DeletionPolicy", given(values, "$deletionPolicy")),
      policy("UpdateReplacePolicy", given(values, "$updateReplacePolicy")),
    ];
  }
  const prevented = { name: "prevent_destroy", was: "true", is: "false", isOfBlock: true };
  const forced = { name: "force_destroy", was: "false", is: "true", isOfBlock: false };
  return [
    { ...prevented, holds: flag(values, ["$preventDestroy"], false) },
    ...(kind === "bucket"
      ? [{ ...forced, holds: not(flag(values, ["force_destroy"], false)) }]
      : []),
  ];
}

/** Of one that an expression gives nothing is known. */
function policy(name: string, value: ReturnType<typeof given>): PlannedKeeper {
  const holds = isUnknown(value) ? value : isRetaining(value);
  const is = isAbsent(value) ? "none" : typeof value === "string" ? value.slice(0, 30) : "another";
  return { name, was: "Retain", is, holds, isOfBlock: false };
}
