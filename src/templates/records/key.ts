import type { KeyRecord } from "../../snapshot/resources/key.ts";
import { type Fact, isUnknown, mapFact, unknown } from "../../snapshot/unknown.ts";
import { companionsOf, onlyOne } from "./companions.ts";
import { documentText } from "./documents.ts";
import { withGrants } from "./grants.ts";
import { KEEPERS } from "./keepers.ts";
import { type Places, provenance } from "./places.ts";
import { flag, given, isAbsent } from "./read.ts";
import { groupedBy, remembered } from "./remembered.ts";
import { arnOf, targetText } from "./targets.ts";
import { textIn } from "./texts.ts";
import { ofKinds, type Planned, type World } from "./world.ts";

/** A KMS key that a plan or template makes. Rotation is off unless it is asked for. */
export function keyRecord(world: World, planned: Planned, places: Places): KeyRecord {
  const { values, account, region, stack, resource } = planned;
  const enabled = flag(values, ["is_enabled", "enabled", "Enabled"], true);
  const spec = textIn(
    world,
    planned,
    given(values, "customer_master_key_spec", "key_spec", "KeySpec"),
  );
  const origin = textIn(world, planned, given(values, "origin", "Origin"));
  return {
    kind: "resource",
    type: "key",
    arn: arnOf(world, planned),
    planned: { stack, address: resource.address },
    accountId: account,
    region,
    exists: resource.presence,
    enabled,
    state: mapFact(enabled, (isOn) => (isOn ? "Enabled" : "Disabled")),
    deletionDate: null,
    manager: "CUSTOMER",
    origin: mapFact(origin, (name) => name ?? "AWS_KMS"),
    spec: mapFact(spec, (name) => name ?? "SYMMETRIC_DEFAULT"),
    isMultiRegion: flag(values, ["multi_region", "MultiRegion"], false),
    rotationEnabled: rotation(world, planned, { spec, origin }),
    policy: withGrants(world, companions(world, planned, "grant").found, keyPolicy(world, planned)),
    ...provenance(places, [
      ["", planned, [""]],
      ["/keepers", planned, KEEPERS],
      ["/enabled", planned, ["is_enabled", "enabled", "Enabled"]],
      ["/rotationEnabled", planned, ["enable_key_rotation", "EnableKeyRotation"]],
      ["/policy", policySource(world, planned), ["policy", "KeyPolicy"]],
    ]),
  };
}

type Material = { spec: Fact<string | null>; origin: Fact<string | null> };

/** KMS rotates symmetric keys of its own making alone; a replica as its primary says. */
function rotation(
  world: World,
  planned: Planned,
  { spec, origin }: Material,
): KeyRecord["rotationEnabled"] {
  if (isUnknown(spec)) return spec;
  if (isUnknown(origin)) return origin;
  if ((spec ?? "SYMMETRIC_DEFAULT") !== "SYMMETRIC_DEFAULT") return null;
  if (origin === "EXTERNAL" || origin === "AWS_CLOUDHSM" || origin === "EXTERNAL_KEY_STORE")
    return null;
  if (planned.kind !== "replicaKey") {
    return flag(planned.values, ["enable_key_rotation", "EnableKeyRotation"], false);
  }
  const primary = textIn(world, planned, given(planned.values, "primary_key_arn", "PrimaryKeyArn"));
  if (isUnknown(primary)) return primary;
  const found = keysByArn(world).get(primary ?? "")?.[0];
  return found === undefined
    ? notHere()
    : flag(found.values, ["enable_key_rotation", "EnableKeyRotation"], false);
}

const notHere = () => unknown("not-collected", { detail: "the primary key's rotation" });

const keysByArn = remembered((world) =>
  groupedBy(ofKinds(world, "key"), (each) => [arnOf(world, each)]),
);

const companions = (world: World, planned: Planned, kind: "keyPolicy" | "grant") => {
  const arn = arnOf(world, planned);
  const names = [arn, targetText(world, planned, "key_id") ?? arn];
  return companionsOf(world, planned, { kinds: [kind], by: ["key_id"], names });
};

/** A key has one policy: where its own is written, one of which nobody knows what it is about is another's. */
function companion(world: World, planned: Planned) {
  const around = companions(world, planned, "keyPolicy");
  const isWritten = !isAbsent(given(planned.values, "policy", "KeyPolicy"));
  return onlyOne(isWritten ? { ...around, open: around.openBesides } : around);
}

function policySource(world: World, planned: Planned): Planned {
  const other = companion(world, planned);
  return other === null || isUnknown(other) ? planned : other;
}

/** Without a policy of its own a key has KMS's: its account may do everything, and nobody else anything. */
function keyPolicy(world: World, planned: Planned): Fact<string | null> {
  const other = planned.resource.dialect === "terraform" ? companion(world, planned) : null;
  if (isUnknown(other)) return other;
  const from = other ?? planned;
  const written = documentText(world, from, given(from.values, "policy", "KeyPolicy"));
  if (isUnknown(written) || written !== null) return written;
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Enable IAM User Permissions",
        Effect: "Allow",
        Principal: { AWS: `arn:${planned.partition}:iam::${planned.account}:root` },
        Action: "kms:*",
        Resource: "*",
      },
    ],
  });
}
