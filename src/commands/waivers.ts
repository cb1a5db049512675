import type { LoadedConfig } from "../config.ts";
import { bad } from "../config-fault.ts";
import type { Config } from "../config-schema.ts";
import type { Waiver } from "../evaluate/waiver.ts";
import type { Policy } from "../policy/policy.ts";

type Loaded = Pick<LoadedConfig, "config" | "at">;
type Written = NonNullable<Config["waivers"]>[number];

/** The waivers of a config, ready to match; throws "bad-config" that names file, line and cure. */
export function waiversOf({ config, at }: Loaded, policies: readonly Policy[]): Waiver[] {
  const known = new Set(policies.map(({ id }) => id));
  return (config.waivers ?? []).map((written, index) => {
    const fault = faultIn(written, known);
    if (fault !== null) throw bad(at(["waivers", index, ...fault.keys]), fault.what);
    const { policy, scope, reason, owner, expires } = written;
    const ids = typeof policy === "string" ? [policy] : policy;
    return {
      policies: [...new Set(ids)],
      scope: scope ?? {},
      reason,
      owner,
      expires,
      at: at(["waivers", index]),
    };
  });
}

type Fault = { keys: (string | number)[]; what: string };

function faultIn({ policy, scope, expires }: Written, known: ReadonlySet<string>): Fault | null {
  const ids = typeof policy === "string" ? [policy] : policy;
  const stranger = ids.find((id) => !known.has(id));
  if (stranger !== undefined) {
    return { keys: ["policy"], what: `there is no policy \`${stranger.slice(0, 100)}\`` };
  }
  if (!isDay(expires)) return { keys: ["expires"], what: `${expires} is no day` };
  const unit = scope?.ous?.find((ou) => /^(ou|r)-[0-9a-z]{4}/.test(ou));
  if (unit === undefined) return null;
  return { keys: ["scope", "ous"], what: `\`${unit}\` is an id; a waiver takes the unit's path` };
}

/** Whether such a day is in the calendar. */
function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00.000Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** The day that decides which waivers have expired, `YYYY-MM-DD`. */
export const dayOfJudgement = (asOf?: string): string =>
  asOf ?? new Date().toISOString().slice(0, 10);
