import type { StackOptions } from "../../../src/templates/cloudformation/read.ts";
import { readCloudFormation } from "../../../src/templates/cloudformation.ts";
import type { Files } from "../../../src/templates/files.ts";
import type {
  TemplateInput,
  TemplateResource,
  TemplateState,
} from "../../../src/templates/resource.ts";
import type { Value } from "../../../src/templates/value.ts";

/** A checkout that holds these files, texts or bytes, by path. */
export function checkout(files: Readonly<Record<string, string | Uint8Array>>): Files {
  const paths = Object.keys(files);
  return {
    read: (path) => {
      const content = Object.hasOwn(files, path) ? files[path] : undefined;
      return typeof content === "string" ? new TextEncoder().encode(content) : (content ?? null);
    },
    list: (folder) => {
      const start = folder === "" ? "" : `${folder}/`;
      const below = paths
        .filter((path) => path.startsWith(start))
        .map((path) => path.slice(start.length));
      const names = new Map(below.map((path) => [path.split("/")[0] ?? "", path.includes("/")]));
      return [...names].map(([name, isFolder]) => ({ name, isFolder }));
    },
  };
}

/** Reads one template by the name of `t.yaml`, which must be one. */
export function read(text: string, options: Partial<StackOptions> = {}): TemplateInput {
  const input = readCloudFormation(checkout({ "t.yaml": text }), "t.yaml", {
    stack: "audit",
    ...options,
  });
  if (input === null) throw new Error("this is no template");
  return input;
}

/** The only state of an input. */
export function only(input: TemplateInput): TemplateState {
  const [state, ...others] = input.after;
  if (others.length > 0) throw new Error(`${others.length + 1} states`);
  return state;
}

/** The resource at an address in a state. */
export function at(state: TemplateState, address: string): TemplateResource {
  const found = state.resources.find((each) => each.address === address);
  if (found === undefined) throw new Error(`no ${address}`);
  return found;
}

/** What `Ref` or another function gives as a trail's `KMSKeyId`, with sections beside the resources. */
export function keyIdOf(
  written: string,
  sections = "",
  options: Partial<StackOptions> = {},
): Value | undefined {
  const state = only(read(trailWith(`KMSKeyId: ${written}`, sections), options));
  return at(state, "Trail").values["KMSKeyId"];
}

/** A template with one trail that has these properties, each a line. */
export function trailWith(properties: string, sections = ""): string {
  const lines = properties.split("\n").map((line) => `      ${line}`);
  return `${sections}
Resources:
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties:
      S3BucketName: logs
${lines.join("\n")}
`;
}
