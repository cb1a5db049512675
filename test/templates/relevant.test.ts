import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isRelevant } from "../../src/templates/relevant.ts";
import { readTerraformSource } from "../../src/templates/terraform-source.ts";
import { filesOf } from "./files-in-memory.ts";

// A type that a record is made of and that a reader leaves out would be taken for one that is not there.
const TYPES = [
  ...new Set(readFileSync("src/templates/records/kinds.ts", "utf8").match(/(?<=")aws_\w+(?=")/g)),
];

test("records are made of dozens of types", () => expect(TYPES.length).toBeGreaterThan(30));

test.for(TYPES)("%s, of which records are made, is read from plans and source", (type) => {
  expect(isRelevant(type)).toBe(true);
  const files = filesOf({ "main.tf": `resource "${type}" "x" {\n  name = "y"\n}\n` });
  const [resource] = readTerraformSource(files, "", { stack: "prod" }).after[0].resources;
  expect(resource?.values["name"]).toBe("y");
});
