import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { sarif } from "../../src/report/sarif.ts";
import { gateReportOf, plannedSubject, regressionOf } from "../report/gate-reports.ts";

/** A checkout of these files, each with a block on its third line. */
function checkout(files: readonly string[]): string {
  const root = mkdtempSync(join(tmpdir(), "trailproof-checkout-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), '\n\nresource "aws_cloudtrail" "main" {\n}\n');
  }
  return root;
}

type Result = {
  locations: { physicalLocation: { artifactLocation: { uri: string }; region: Region } }[];
};
type Region = { startLine: number; endLine: number };

const placesIn = (content: string) =>
  JSON.parse(content).runs[0].results.map(
    ({ locations: [location] }: Result) => location?.physicalLocation,
  );

const FILES = [
  "main.tf",
  "modules/trail/main.tf",
  "infra/a b/ünï,code#1%20.tf",
  "stacks/eu-west-1:prod/trail.tf",
  "cdk/[lib]/trail's (new).ts",
];

test("every place is a relative URI of a file that is there, and its line holds the block", () => {
  const root = checkout(FILES);
  const findings = FILES.map((file) =>
    regressionOf({
      subject: plannedSubject(`audit#${file}`),
      location: { file, line: 3, column: 1, endLine: 4, endColumn: 2 },
    }),
  );
  const places = placesIn(sarif(gateReportOf(findings)));
  expect(places).toHaveLength(FILES.length);
  for (const { artifactLocation, region } of places) {
    const { uri } = artifactLocation;
    expect(uri).toMatch(/^[\w.~%-]+(\/[\w.~%-]+)*$/);
    const path = fileURLToPath(new URL(uri, `${pathToFileURL(root)}/`));
    expect(existsSync(path), path).toBe(true);
    expect(readFileSync(path, "utf8").split("\n")[region.startLine - 1]).toMatch(/^resource /);
  }
});

test.for([
  ["a module's address", "git::https://example.com/modules.git//trail/main.tf"],
  ["an address of the registry", "https://registry.example/trail/main.tf"],
  ["what lies above the checkout", "../shared/main.tf"],
  ["what lies elsewhere", "/etc/trail/main.tf"],
] as const)("%s is no place: the finding stands at a path of its own", ([, file]) => {
  const location = { file, line: 3, column: 1, endLine: 3, endColumn: 2 };
  const subject = plannedSubject("audit#module.trail.aws_cloudtrail.main[0]");
  const [place] = placesIn(sarif(gateReportOf([regressionOf({ subject, location })])));
  expect(place).toEqual({
    artifactLocation: { uri: "planned/audit/module.trail.aws_cloudtrail.main%5B0%5D" },
    region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
  });
});

test("a plan without sources stands at its stack and address, whatever these are called", () => {
  for (const id of ["a/b#x", "#x", "../..#..", "git::https://x#y", "c:\\d#e", 's#module.a["/"]']) {
    const [place] = placesIn(
      sarif(gateReportOf([regressionOf({ subject: plannedSubject(id), location: null })])),
    );
    const { uri } = place.artifactLocation;
    expect(new URL(uri, "file:///repository/").href).toMatch(/^file:\/\/\/repository\/planned\/./);
    expect(uri).toMatch(/^[\w./%~-]+$/);
  }
});
