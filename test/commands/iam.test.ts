import { expect, test } from "vitest";
import { parse } from "yaml";
import { actionsOf, CALLS, type Call } from "../../src/collect/calls.ts";
import { IAM_PARTS } from "../../src/commands/iam/permissions.ts";
import { command } from "./surroundings.ts";

type Document = {
  Version: string;
  Statement: { Effect: string; Action: string[]; Resource: string }[];
};

const EXPECTED = {
  single: actionsOf("audited"),
  member: actionsOf("audited"),
  management: [...new Set([...actionsOf("audited"), ...actionsOf("organization")])].sort(),
  hub: [...new Set([...actionsOf("audited"), ...actionsOf("entry")])].sort(),
};

const actionsIn = ({ Statement }: Document) =>
  [...new Set(Statement.flatMap(({ Action }) => Action))].sort();

async function printed(part: string, form: string): Promise<string> {
  const { exitCode, out, err } = await command("iam", part, "--as", form);
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: "" });
  return out;
}

test.for([...IAM_PARTS])(
  "`iam %s` prints a policy with the actions of the table of calls",
  async (part) => {
    const document: Document = JSON.parse(await printed(part, "policy"));
    expect(document.Version).toBe("2012-10-17");
    expect(actionsIn(document)).toEqual(EXPECTED[part]);
    expect(actionsIn(document).filter((action) => action.includes("*"))).toEqual([]);
    expect(document.Statement.every(({ Effect }) => Effect === "Allow")).toBe(true);
  },
);

test.for([...IAM_PARTS])(
  "`iam %s --as cloudformation` is a template with that policy",
  async (part) => {
    const template = parse(await printed(part, "cloudformation"));
    const { Type, Properties } = template.Resources.TrailproofRole;
    expect(Type).toBe("AWS::IAM::Role");
    expect(actionsIn(Properties.Policies[0].PolicyDocument)).toEqual(EXPECTED[part]);
    // Every reference is to something that the template declares.
    const declared = [...Object.keys(template.Parameters), ...Object.keys(template.Resources)];
    const references = JSON.stringify(template).matchAll(/"Ref":"([^":]+)"/g);
    for (const [, name] of references) expect(declared).toContain(name);
  },
);

test.for([...IAM_PARTS])(
  "`iam %s --as terraform` holds that policy, and declares what it uses",
  async (part) => {
    const text = await printed(part, "terraform");
    const json = /policy = <<-JSON\n([\s\S]*?)\n {2}JSON/.exec(text)?.[1] ?? "";
    const document: Document = JSON.parse(json);
    expect(actionsIn(document)).toEqual(EXPECTED[part]);
    const declared = [...text.matchAll(/^variable "(\w+)"/gm)].map(([, name]) => name);
    const used = [...text.matchAll(/var\.(\w+)/g)].map(([, name]) => name);
    expect([...new Set(used)].sort()).toEqual(declared.sort());
    expect(text.split("{").length).toBe(text.split("}").length);
  },
);

test("every action of every call is in one of the policies", () => {
  const all = new Set(Object.values(EXPECTED).flat());
  const calls: Call[] = Object.values(CALLS);
  expect(calls.flatMap(({ actions }) => actions).filter((action) => !all.has(action))).toEqual([]);
});
