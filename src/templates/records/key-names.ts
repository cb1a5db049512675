import { isUnknown } from "../../snapshot/unknown.ts";
import { given } from "./read.ts";
import { groupedBy, remembered } from "./remembered.ts";
import { arnOf, targetText } from "./targets.ts";
import { nameOf, textIn } from "./texts.ts";
import { ofKinds, type Planned, type World } from "./world.ts";

/** The planned key that is named by its ARN, its id or an alias; undefined: none is. */
export function keyNamed(world: World, name: string): Planned | undefined {
  const alias = aliases(world).get(name)?.[0];
  const text = alias === undefined ? name : (targetOf(world, alias) ?? name);
  return keys(world).get(text)?.[0];
}

const aliases = remembered((world) =>
  groupedBy(ofKinds(world, "alias"), (each) => [arnOf(world, each), nameOf(world, each)]),
);

const keys = remembered((world) =>
  groupedBy(ofKinds(world, "key", "replicaKey"), (each) => [
    arnOf(world, each),
    targetText(world, each, "key_id") ?? "",
  ]),
);

function targetOf(world: World, alias: Planned): string | null {
  const text = textIn(world, alias, given(alias.values, "target_key_id", "TargetKeyId"));
  return isUnknown(text) ? null : text;
}
