import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { builtinPolicies } from "../../src/policy/builtin.ts";
import type { Framework } from "../../src/policy/framework.ts";
import { loadFrameworks, parseFramework, refuseUnmapped } from "../../src/policy/framework-lint.ts";
import { builtinFrameworks, frameworksBeside } from "../../src/policy/frameworks.ts";
import { packed } from "../../src/policy/packed.ts";
import { aPolicy } from "./a-policy.ts";
import {
  HIPAA,
  HIPAA_DOCUMENTATION,
  HIPAA_TECHNICAL,
  PCI_OTHERS,
  PCI_REQUIREMENT_10,
} from "./framework-ids.ts";

const builtin = builtinFrameworks();
const byId = (id: string): Framework => {
  const found = builtin.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no framework ${id}`);
  return found;
};
const pci = byId("pci-dss-4.0.1");
const hipaa = byId("hipaa-security-rule");
const idsOf = ({ controls }: Framework) => controls.map(({ id }) => id);
const mappingsOf = ({ controls }: Framework) =>
  controls.flatMap(({ id, policies = [] }) => policies.map((each) => ({ control: id, ...each })));

test("the built-in frameworks are well made, and name every built-in policy or it says why not", () => {
  const folder = fileURLToPath(new URL("../../policies/frameworks", import.meta.url));
  expect(loadFrameworks(folder, builtinPolicies())).toEqual(builtin);
});

test("the controls of PCI DSS are numbers of 4.0.1, all of requirement 10 among them", () => {
  expect(idsOf(pci).toSorted()).toEqual([...PCI_REQUIREMENT_10, ...PCI_OTHERS].toSorted());
});

test("the controls of HIPAA are paragraphs of the rule in force", () => {
  const known = [...HIPAA, ...HIPAA_TECHNICAL, ...HIPAA_DOCUMENTATION];
  expect(idsOf(hipaa).filter((id) => !known.includes(id))).toEqual([]);
});

const strengths = (framework: Framework, control: string) =>
  Object.fromEntries(
    mappingsOf(framework)
      .filter((each) => each.control === control)
      .map(({ policy, strength }) => [policy, strength]),
  );

describe("what published mappings claim too much is not carried over", () => {
  test.each([
    ["the details of an event are no verdict", pci, "10.2.2", []],
    ["validation alone detects no change", pci, "10.3.4", ["prerequisite", "related"]],
    ["no run reviews logs", pci, "10.4.1", ["prerequisite", "related"]],
    ["clocks are AWS's", pci, "10.6.3", []],
    ["no run reviews records", hipaa, "164.308(a)(1)(ii)(D)", ["prerequisite", "related"]],
    ["integrity of logs is not that of ePHI", hipaa, "164.312(c)(1)", ["related"]],
    ["nor is it corroboration", hipaa, "164.312(c)(2)", ["related"]],
    ["encrypted logs are not encrypted ePHI", hipaa, "164.312(a)(2)(iv)", ["related"]],
    ["six years are for documentation", hipaa, "164.316(b)(2)(i)", []],
  ])("%s", (_, framework, control, expected) => {
    const found = [...new Set(Object.values(strengths(framework, control)))].toSorted();
    expect(found).toEqual(expected);
    expect(framework.controls.find(({ id }) => id === control)?.notAssessable).toBeTruthy();
  });

  test.each([
    ["trail-encrypted-with-kms", "10.3.2"],
    ["trail-log-file-validation-enabled", "10.3.2"],
    ["region-s3-object-reads-recorded", "10.2.1.1"],
    ["region-s3-object-reads-recorded", "10.2.1.3"],
  ])("%s moves nothing in %s, though AWS publishes it", (policy, control) => {
    expect(strengths(pci, control)[policy]).toBe("related");
  });

  test.each([
    ["access to cardholder data", "10.2.1.1"],
    ["access to logs", "10.2.1.3"],
    ["retention", "10.5.1"],
  ])("%s is not shown by a trail that exists and logs", (_, control) => {
    const of = strengths(pci, control);
    expect(of["account-has-multi-region-trail-logging"]).toBeUndefined();
    expect(of["trail-is-logging"]).toBeUndefined();
  });

  test.each(["10.4.1", "10.4.1.1", "12.10.5"])(
    "no alarm is the whole of a review, %s",
    (control) => {
      expect(Object.values(strengths(pci, control))).not.toContain("direct");
    },
  );

  test("transmission says nothing about encrypted log files", () => {
    expect(idsOf(hipaa).filter((id) => id.startsWith("164.312(e)"))).toEqual([]);
  });
});

const file = (control: string) =>
  `title: T\npublished: "2024"\nreference: https://x.example/\ncontrols:\n${control}`;
const mapping = (policy: string, strength = "direct") =>
  `{ policy: ${policy}, strength: ${strength}, shows: a, doesNotShow: b, source: own reading }`;
const control = (policies: string, more = "") =>
  `  - id: "1"\n    paraphrase: p\n    policies: [${policies}]\n${more}`;

describe("a framework that is not well made is refused with line, column and cure", () => {
  test.each<[string, string, string, string]>([
    [
      "a policy that is none",
      control(mapping("no-such")),
      'fw-1.0.yaml:7:18: there is no policy "no-such"',
      "policies list",
    ],
    [
      "a policy twice in one control",
      control(`${mapping("a-claim")}, ${mapping("a-claim")}`),
      "a-claim is there twice",
      "Leave one",
    ],
    [
      "a control twice",
      control(mapping("a-claim")) + control(mapping("a-claim")),
      "fw-1.0.yaml:8:5: control 1 is there twice",
      "Join",
    ],
    [
      "an unknown strength",
      control(mapping("a-claim", "strong")),
      "fw-1.0.yaml:7:35: this is none of its values",
      '"direct"',
    ],
    [
      "an unknown key",
      control(mapping("a-claim"), "    title: t\n"),
      'fw-1.0.yaml:8:5: there is no key "title"',
      "paraphrase",
    ],
    [
      "a control that nothing shows and that does not say why",
      control(mapping("a-claim", "prerequisite")),
      "fw-1.0.yaml:5:5: control 1: no policy that it names shows it",
      "notAssessable",
    ],
    [
      "a control that says nothing shows it where something does",
      control(mapping("a-claim"), "    notAssessable: why\n"),
      "control 1: it has policies that show it",
      "Take notAssessable out",
    ],
    ["no YAML", "  - [", "fw-1.0.yaml:5:6: this is not YAML", "Correct"],
  ])("%s", (_, controls, what, cure) => {
    const read = () => parseFramework(file(controls), "fw-1.0.yaml", [aPolicy({ id: "a-claim" })]);
    expect(read).toThrow(
      expect.objectContaining({
        code: "bad-policy",
        message: expect.stringContaining(what),
        cure: expect.stringContaining(cure),
      }),
    );
  });
});

test("a policy that no framework names is refused, unless it says why", () => {
  const policy = aPolicy({ id: "a-claim" });
  const naming = parseFramework(file(control(mapping("a-claim"))), "fw-1.0.yaml", [policy]);
  const alone = aPolicy({ id: "b-claim" });
  expect(() => refuseUnmapped([naming], [policy, alone])).toThrow(
    "b-claim.yaml: no framework names it",
  );
  refuseUnmapped([naming], [policy, { ...alone, unmapped: "It costs nothing." }]);
  expect(() => refuseUnmapped([naming], [{ ...policy, unmapped: "It is." }])).toThrow(
    "a-claim.yaml: it says unmapped",
  );
});

test("beside a bundle the frameworks are those of frameworks.json", () => {
  const dist = mkdtempSync(join(tmpdir(), "frameworks-"));
  writeFileSync(join(dist, "frameworks.json"), JSON.stringify(packed([hipaa])));
  expect(frameworksBeside(pathToFileURL(join(dist, "cli.js")).href)).toEqual([hipaa]);
});

test("in the repository they are the files of policies/frameworks/, the file's name the id", () => {
  const root = mkdtempSync(join(tmpdir(), "frameworks-"));
  mkdirSync(join(root, "policies", "frameworks"), { recursive: true });
  writeFileSync(join(root, "policies", "frameworks", "fw-1.0.yaml"), file(control(mapping("a"))));
  const module = pathToFileURL(join(root, "src", "policy", "frameworks.ts")).href;
  expect(frameworksBeside(module).map(({ id }) => id)).toEqual(["fw-1.0"]);
});
