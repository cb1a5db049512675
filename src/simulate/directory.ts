import { createHash } from "node:crypto";
import type { Account } from "./schema/organization.ts";
import type { World } from "./world.ts";

/** One organizational unit. */
export type Unit = { id: string; name: string; path: string; parentId: string };

/** The organization's tree with the ids that AWS would have given. */
export type Directory = {
  id: string;
  rootId: string;
  units: ReadonlyMap<string, Unit>;
  childUnits: ReadonlyMap<string, Unit[]>;
  members: readonly Account[];
};

const ROOT = "r-root";

/** The tree that the accounts' `ou` paths describe; undefined where there is no organization. */
export function directoryOf({ organization, accounts }: World): Directory | undefined {
  if (organization === undefined) return undefined;
  const members = accounts.filter((each) => each.outside !== true);
  const paths = new Set([...(organization.units ?? []), ...members.map((each) => each.ou ?? "")]);
  const units = new Map<string, Unit>();
  const childUnits = new Map<string, Unit[]>();
  for (const path of [...paths].sort()) addUnits(path, units, childUnits);
  return { id: organization.id ?? "o-simulated0", rootId: ROOT, units, childUnits, members };
}

function addUnits(path: string, units: Map<string, Unit>, childUnits: Map<string, Unit[]>): void {
  const names = path.split("/").filter((name) => name !== "");
  for (let length = 1; length <= names.length; length++) {
    const own = names.slice(0, length).join("/");
    const id = unitId(own);
    if (units.has(id)) continue;
    const parentId = unitId(names.slice(0, length - 1).join("/"));
    const unit = { id, name: names[length - 1] ?? "", path: own, parentId };
    units.set(id, unit);
    childUnits.set(parentId, [...(childUnits.get(parentId) ?? []), unit]);
  }
}

/** The id of the unit at a path of names; the root's for the empty path. */
export function unitId(path: string): string {
  if (path === "") return ROOT;
  return `ou-root-${createHash("sha256").update(path).digest("hex").slice(0, 8)}`;
}

/** What Organizations calls an account. */
export const accountName = ({ id, name }: Account): string => name ?? `account-${id}`;

/** The id of what a service control policy is attached to: the root, a unit by its path, an account. */
export const targetId = (target: string): string =>
  /^\d{12}$/.test(target) ? target : unitId(target === "root" ? "" : target);

/** The ids from the organization down to the account, as ListAccounts gives them in Paths. */
export function pathOf({ id, rootId }: Directory, account: Account): string {
  const names = (account.ou ?? "").split("/").filter((name) => name !== "");
  const ids = names.map((_, index) => unitId(names.slice(0, index + 1).join("/")));
  return `${[id, rootId, ...ids, account.id].join("/")}/`;
}
