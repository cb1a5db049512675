import { expect, test } from "vitest";
import type { Files } from "../../../src/templates/files.ts";
import { aBlock, aChange, afterwards, aPlan, type Loose, read, refersTo } from "./a-plan.ts";

/** A checkout of these files, which counts what is read of it. */
function checkout(files: Record<string, string>): Files & { reads: number } {
  return {
    reads: 0,
    read(path) {
      this.reads += 1;
      const text = files[path];
      return text === undefined ? null : new TextEncoder().encode(text);
    },
    list(folder) {
      const prefix = folder === "" ? "" : `${folder}/`;
      const inside = Object.keys(files).filter((each) => each.startsWith(prefix));
      const names = inside.map((each) => each.slice(prefix.length).split("/"));
      return names.map(([name = "", ...rest]) => ({ name, isFolder: rest.length > 0 }));
    },
  };
}

const TRAIL = `resource "aws_cloudtrail" "t" {
  name = "audit"
  event_selector {
    read_write_type = "All"
  }
  event_selector {
    read_write_type = "WriteOnly"
  }
}
`;
const MODULES: Loose = {
  module_calls: {
    a: { source: "./m", module: {} },
    b: { source: "./m2", module: {} },
    far: {
      source: "example/trail/aws",
      module: { resources: [aBlock("aws_cloudtrail.t", { kms_key_id: refersTo("var.kms") })] },
    },
    up: { source: "../../..", module: {} },
  },
};
const MAIN = `
module "far" {
  source = "example/trail/aws"
  kms    = "x"
}
module "up" {
  source = "../../.."
}
`;
const FILES = {
  "infra/main.tf": MAIN + TRAIL,
  "infra/m/main.tf": TRAIL,
  "infra/m2/other.tf": `# moved down\n${TRAIL}`,
};

/** Where the attribute of a resource is said to be: file and first line. */
function where(address: string, pointer: string, files: Record<string, string> = FILES) {
  const options = { files: checkout(files), folder: "infra" };
  const configuration = { root_module: MODULES };
  const found = afterwards(
    read(aPlan([aChange(address)], { configuration }), options),
    address,
  ).locate(pointer);
  return found === null ? null : `${found.file}:${found.line}`;
}

test.for([
  ["aws_cloudtrail.t", "/name", "infra/main.tf:10"],
  ["aws_cloudtrail.t", "/kms_key_id", "infra/main.tf:9"],
  ["aws_cloudtrail.t", "/event_selector/1/read_write_type", "infra/main.tf:15"],
  ["aws_cloudtrail.t", "/event_selector/0/data_resource", "infra/main.tf:11"],
  ["module.a.aws_cloudtrail.t", "/name", "infra/m/main.tf:2"],
  ["module.b.aws_cloudtrail.t", "/name", "infra/m2/other.tf:3"],
  ['module.b["x.y\\"]"].aws_cloudtrail.t[0]', "/name", "infra/m2/other.tf:3"],
  ["module.far.aws_cloudtrail.t", "/name", "infra/main.tf:2"],
  ["module.far.aws_cloudtrail.t", "/kms_key_id", "infra/main.tf:4"],
  ["module.up.aws_cloudtrail.t", "/name", "infra/main.tf:6"],
  ["aws_cloudtrail.gone", "/name", null],
])("%s%s is at %s", ([address, pointer, expected]) => {
  expect(where(address ?? "", pointer ?? "")).toBe(expected);
});

test("terraform init says where modules are, also in folders of other names", () => {
  const modules = JSON.stringify({ Modules: [{ Key: "far", Dir: "vendored" }] });
  const files = {
    ...FILES,
    "infra/.terraform/modules/modules.json": modules,
    "infra/vendored/x.tf": TRAIL,
  };
  expect(where("module.far.aws_cloudtrail.t", "/name", files)).toBe("infra/vendored/x.tf:2");
});

test("a module that was fetched, or lies outside of the checkout, is told by its call", () => {
  for (const Dir of [".terraform/modules/far", "../../elsewhere", "/etc"]) {
    const modules = JSON.stringify({ Modules: [{ Key: "far", Dir }] });
    const files = {
      ...FILES,
      "infra/.terraform/modules/modules.json": modules,
      "infra/.terraform/modules/far/main.tf": TRAIL,
    };
    expect(where("module.far.aws_cloudtrail.t", "/name", files)).toBe("infra/main.tf:2");
  }
});

test("an override file has the last word, and blocks made by dynamic are where they are made", () => {
  const over = `resource "aws_cloudtrail" "t" {
  name = "other"
  dynamic "event_selector" {
    for_each = var.all
    content {
      read_write_type = event_selector.value
    }
  }
}
`;
  const files = { ...FILES, "infra/x_override.tf": over };
  expect(where("aws_cloudtrail.t", "/name", files)).toBe("infra/x_override.tf:2");
  expect(where("aws_cloudtrail.t", "/event_selector/4/read_write_type", files)).toBe(
    "infra/x_override.tf:6",
  );
  expect(where("aws_cloudtrail.t", "/event_selector/4/data_resource", files)).toBe(
    "infra/x_override.tf:3",
  );
});

test("files that cannot be read have no places, and none are read before one is asked for", () => {
  expect(where("aws_cloudtrail.t", "/name", { "infra/main.tf": "resource {{{" })).toBeNull();
  const files = checkout(FILES);
  read(aPlan([aChange("aws_cloudtrail.t")]), { files, folder: "infra" });
  expect(files.reads).toBe(0);
});
