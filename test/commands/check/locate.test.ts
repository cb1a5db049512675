import { expect, test } from "vitest";
import { checked } from "./checked.ts";
import { scratch } from "./repositories.ts";

const OTHER = `variable "name" {
  default = "logs"
}
`;
const TRAIL = `resource "aws_cloudtrail" "audit" {
  name           = "audit"
  s3_bucket_name = "logs"
}
`;

/** Where what a change of one file takes away is told. */
async function placeOf(before: string, after: string | null) {
  const repository = scratch();
  const from = repository.commit({ "main.tf": before, "other.tf": "locals {}\n" });
  repository.commit({ "main.tf": after });
  const { results } = await checked(repository.path, ["--base-ref", from]);
  const lost = results().findings.find(({ policy }) => policy === "change-keeps-trail");
  return lost?.location ?? null;
}

const at = (line: number) => ({ file: "main.tf", line, column: 1, endLine: line, endColumn: 1 });

test("a block that is gone is told where it was, at a line that its file still has", async () => {
  expect(await placeOf(OTHER + TRAIL + OTHER.replace("name", "more"), OTHER)).toEqual(at(3));
  const between = OTHER.replace("name", "more") + OTHER.replace("name", "most");
  expect(await placeOf(OTHER + TRAIL + between, OTHER + between)).toEqual(at(4));
  expect(await placeOf(TRAIL + OTHER, OTHER)).toEqual(at(1));
  expect(await placeOf(OTHER + TRAIL, "\n")).toEqual(at(1));
});

test("a block that goes with its file is told without a place", async () => {
  expect(await placeOf(TRAIL, null)).toBeNull();
});
