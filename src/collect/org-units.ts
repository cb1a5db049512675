import type { Root } from "@aws-sdk/client-organizations";
import { type Fact, type Unknown, unknown } from "../snapshot/unknown.ts";
import type { Ask, Place } from "./call.ts";
import type { Evidence } from "./evidence.ts";
import { everyPage } from "./pages.ts";

/** Where an account hangs: ids from the root down, and the names joined by `/`. */
export type Unit = { ids: string[]; path: string };

/** Tells each account's organizational unit. */
export type Units = {
  of(account: { id: string; paths: readonly string[] | undefined }): Fact<Unit>;
  /** The calls that told it. */
  evidence: Evidence[];
  roots: Roots;
};

/** The organization's roots, with the policy types that are enabled there, and the calls that told it. */
export type Roots = { roots: Fact<Root[]>; evidence: Evidence[] };

type Tree = {
  evidence: Evidence[];
  units: Map<string, Unit>;
  accounts: Map<string, string>;
  /** Why a part of the tree could not be read. */
  gap: Unknown | null;
};

/**
 * Reads the tree of organizational units; who is in which is asked only where ListAccounts did not
 * say it (`Paths` is newer than many organizations' endpoints).
 */
export async function readUnits(
  ask: Ask,
  place: Place,
  options: { withAccounts: boolean },
): Promise<Units> {
  const tree: Tree = { evidence: [], units: new Map(), accounts: new Map(), gap: null };
  const roots = await everyPage(
    (NextToken) => ask("organizations:ListRoots", place, { NextToken }),
    (page) => page.NextToken,
  );
  tree.gap = roots.cut;
  tree.evidence.push(...roots.evidence);
  const found = roots.pages.flatMap((page) => page.Roots ?? []);
  const above = { ids: [], path: "" };
  await Promise.all(found.map((root) => grow({ ask, place, tree, ...options }, root, above)));
  return {
    of: (account) => unitOf(tree, account),
    evidence: tree.evidence,
    roots: { roots: roots.cut ?? found, evidence: roots.evidence },
  };
}

type Walk = { ask: Ask; place: Place; tree: Tree; withAccounts: boolean };

async function grow(
  walk: Walk,
  { Id: id, Name: name }: { Id?: string | undefined; Name?: string | undefined },
  above: Unit,
): Promise<void> {
  if (id === undefined || walk.tree.units.has(id)) return;
  const path = [above.path, name ?? id].filter((part) => part !== "").join("/");
  const unit = { ids: [...above.ids, id], path };
  walk.tree.units.set(id, unit);
  const [units] = await Promise.all([
    childUnits(walk, id),
    walk.withAccounts ? childAccounts(walk, id) : undefined,
  ]);
  await Promise.all(units.map((child) => grow(walk, child, unit)));
}

async function childUnits({ ask, place, tree }: Walk, ParentId: string) {
  const operation = "organizations:ListOrganizationalUnitsForParent";
  const { pages, evidence, cut } = await everyPage(
    (NextToken) => ask(operation, place, { ParentId, NextToken }),
    (page) => page.NextToken,
  );
  tree.gap ??= cut;
  tree.evidence.push(...evidence);
  return pages.flatMap((page) => page.OrganizationalUnits ?? []);
}

async function childAccounts({ ask, place, tree }: Walk, ParentId: string): Promise<void> {
  const { pages, evidence, cut } = await everyPage(
    (NextToken) =>
      ask("organizations:ListAccountsForParent", place, { ParentId, NextToken, MaxResults: 20 }),
    (page) => page.NextToken,
  );
  tree.gap ??= cut;
  tree.evidence.push(...evidence);
  for (const { Id } of pages.flatMap((page) => page.Accounts ?? [])) {
    if (Id !== undefined) tree.accounts.set(Id, ParentId);
  }
}

function unitOf(
  { units, accounts, gap }: Tree,
  { id, paths }: { id: string; paths: readonly string[] | undefined },
): Fact<Unit> {
  // As in o-exampleorgid/r-abcd/ou-abcd-11111111/111111111111/
  const parent = paths?.[0]?.split("/").findLast((part) => /^(r|ou)-/.test(part));
  const unit = units.get(parent ?? accounts.get(id) ?? "");
  return (
    unit ?? gap ?? unknown("not-collected", { detail: "no organizational unit lists this account" })
  );
}
