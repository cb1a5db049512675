import { readFileSync } from "node:fs";

/** What another tool's test says of a resource, and what Trailproof says: a line of `labels.txt`. */
export type Label = {
  file: string;
  resource: string;
  requirement: string;
  label: string;
  verdict: string;
  why: string;
};

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");

const rows = (path: string): string[][] =>
  read(path)
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.trim().split(/ {2,}/));

export const labels: readonly Label[] = rows("cases/labels.txt").map(
  ([file = "", resource = "", requirement = "", label = "", verdict = "", why = ""]) => ({
    file,
    resource,
    requirement,
    label,
    verdict,
    why,
  }),
);

/** The policy that asks what a requirement does, or the nearest. */
export const requirements: ReadonlyMap<string, string> = new Map(
  rows("cases/requirements.txt").map(([requirement = "", policy = ""]) => [requirement, policy]),
);

/** As GitHub makes anchors of headings. */
const anchor = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, "")
    .replaceAll(" ", "-");

/** The differences that docs/gate-compared.md explains, each under a heading that says why. */
export function differences(): Label[] {
  const sections = read("../../docs/gate-compared.md").split(/^## /m).slice(1);
  return sections.flatMap((section) => {
    const [heading = "", ...lines] = section.split("\n");
    return lines
      .filter((line) => line.startsWith("| ") && !/^\| (?:case|---) /.test(line))
      .flatMap((line) => cellsOf(line, anchor(heading)));
  });
}

function cellsOf(line: string, why: string): Label[] {
  const [file = "", resources = "", requirement = "", label = "", verdict = ""] = line
    .slice(2, -2)
    .split(" | ");
  return resources
    .split(", ")
    .map((resource) => ({ file, resource, requirement, label, verdict, why }));
}
