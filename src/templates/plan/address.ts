/** One name of an address with the key of its instance as written, brackets and all; null: none. */
export type Step = { name: string; key: string | null };

/** The address of a resource instance, taken apart. */
export type Address = {
  modules: readonly Step[];
  mode: "managed" | "data";
  type: string;
  name: string;
  key: string | null;
};

/** Nobody names things at such length; it bounds the work on hostile ones. */
const MAX_LENGTH = 8192;

const NAME = /[^.[\]"\s]+/y;
const KEY = /\[(?:-?\d+|"(?:[^"\\]|\\.)*")\]/y;

/**
 * The steps of an address or reference. Keys of `for_each` may hold dots, brackets and quotes, as in
 * `module.a["x.y"].aws_cloudtrail.t[0]`, so it cannot be split at dots. Null: it is none.
 */
export function stepsOf(text: string): Step[] | null {
  if (text.length > MAX_LENGTH) return null;
  const steps: Step[] = [];
  let offset = 0;
  do {
    const name = matchAt(NAME, text, offset);
    if (name === null) return null;
    offset += name.length;
    const key = matchAt(KEY, text, offset);
    offset += key?.length ?? 0;
    steps.push({ name, key });
  } while (text[offset++] === ".");
  return offset > text.length ? steps : null;
}

/** Takes the address of a resource instance apart; null: it is none. */
export function addressOf(text: string): Address | null {
  const steps = stepsOf(text);
  if (steps === null) return null;
  const { modules, rest } = splitModules(steps);
  const resource = resourceIn(rest);
  return resource === null || resource.rest.length > 0 ? null : { modules, ...resource.address };
}

/** The calls of modules with which an address begins, and what follows them. */
function splitModules(steps: readonly Step[]): { modules: Step[]; rest: readonly Step[] } {
  const modules: Step[] = [];
  let next = 0;
  while (steps[next]?.name === "module") {
    const call = steps[next + 1];
    if (call === undefined) break;
    modules.push(call);
    next += 2;
  }
  return { modules, rest: steps.slice(next) };
}

/** The resource with which these steps begin, and what follows it, as its attributes do. */
export function resourceIn(
  steps: readonly Step[],
): { address: Omit<Address, "modules">; rest: readonly Step[] } | null {
  const isData = steps[0]?.name === "data";
  const [type, named, ...rest] = isData ? steps.slice(1) : steps;
  if (type === undefined || named === undefined || type.key !== null) return null;
  const mode = isData ? "data" : "managed";
  return { address: { mode, type: type.name, ...named }, rest };
}

/** Writes an address as Terraform does. */
export function addressText({ modules, mode, type, name, key }: Address): string {
  const within = modules.map((each) => `module.${each.name}${each.key ?? ""}.`).join("");
  return `${within}${mode === "data" ? "data." : ""}${type}.${name}${key ?? ""}`;
}

/** What its configuration is called within its module: `data.aws_region.here`. */
export function blockName({ mode, type, name }: Omit<Address, "modules" | "key">): string {
  return `${mode === "data" ? "data." : ""}${type}.${name}`;
}

function matchAt(pattern: RegExp, text: string, offset: number): string | null {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0] ?? null;
}
