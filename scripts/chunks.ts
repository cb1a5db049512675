import { resolve } from "node:path";
import type { ModuleInfo, OutputOptions } from "rolldown";

type Groups = Extract<OutputOptions["codeSplitting"], object>["groups"];
type Graph = { getModuleInfo(id: string): ModuleInfo | null };

/**
 * Puts what is always loaded together into one file: Node takes longer to find and read forty small
 * files than to compile what is in them. What is imported on demand stays apart, and is not loaded.
 */
export function chunks(): NonNullable<Groups> {
  // Never an entry itself: whoever loads something from its file would run it.
  const start = together(() => [resolve("src/commands/run.ts")]);
  const check = together((graph) => [
    resolve("src/commands/check.ts"),
    ...(graph.getModuleInfo(resolve("src/report/formats.ts"))?.dynamicallyImportedIds ?? []),
  ]);
  const losses = together(() => [resolve("src/commands/check/losses.ts")]);
  return [
    { debugName: "start", name: (id, graph) => (start(id, graph) ? "start" : null), priority: 2 },
    { debugName: "check", name: (id, graph) => (check(id, graph) ? "check" : null), priority: 1 },
    {
      debugName: "losses",
      name: (id, graph) => (losses(id, graph) ? "losses" : null),
      priority: 0,
    },
  ];
}

/** Tells what is loaded with these modules: all that they import, and what that imports. */
function together(rootsOf: (graph: Graph) => string[]): (id: string, graph: Graph) => boolean {
  let known: Set<string> | null = null;
  return (id, graph) => {
    known ??= withImports(rootsOf(graph), graph);
    return known.has(id);
  };
}

function withImports(roots: readonly string[], graph: Graph): Set<string> {
  const found = new Set(roots);
  // A set hands out what is added to it on the way.
  for (const id of found) {
    for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
  }
  return found;
}
