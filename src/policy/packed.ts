import {
  type Control,
  type Framework,
  type Mapping,
  STRENGTHS,
  type Strength,
} from "./framework.ts";

/**
 * Frameworks as the bundle holds them: every text once, and numbers in place of texts. Frameworks
 * that follow each other say much in the same words, and are a third of the bundle as they stand.
 */
export type Packed = { texts: string[]; frameworks: PackedFramework[] };
type PackedFramework = Omit<Framework, "controls"> & { controls: PackedControl[] };
/** Id, paraphrase, why it is not assessable or -1, then five numbers a mapping. */
type PackedControl = number[];
type Text = (index: number | undefined) => string;

const FIELDS = ["policy", "strength", "shows", "doesNotShow", "source"] as const;
export function packed(frameworks: readonly Framework[]): Packed {
  const texts = new Map<string, number>();
  const number = (text: string): number => {
    const known = texts.get(text) ?? texts.size;
    texts.set(text, known);
    return known;
  };
  const controlOf = ({
    id,
    paraphrase,
    notAssessable,
    policies = [],
  }: Framework["controls"][number]) => [
    number(id),
    number(paraphrase),
    notAssessable === undefined ? -1 : number(notAssessable),
    ...policies.flatMap((mapping) => FIELDS.map((field) => number(mapping[field]))),
  ];
  const all = frameworks.map((each) => ({ ...each, controls: each.controls.map(controlOf) }));
  return { texts: [...texts.keys()], frameworks: all };
}

export function unpacked({ texts, frameworks }: Packed): Framework[] {
  const text: Text = (index) => {
    const found = texts[index ?? -1];
    if (found === undefined) throw new Error("the bundled frameworks are damaged");
    return found;
  };
  const controlOf = ([id, paraphrase, notAssessable = -1, ...rest]: PackedControl) => {
    const policies = mappings(rest, text);
    return {
      id: text(id),
      paraphrase: text(paraphrase),
      ...(policies.length === 0 ? {} : { policies }),
      ...(notAssessable < 0 ? {} : { notAssessable: text(notAssessable) }),
    };
  };
  return frameworks.map((each) => withControls(each, () => each.controls.map(controlOf)));
}

/** Few of the frameworks are rolled up: what one asks is made when it is looked at. */
function withControls(framework: PackedFramework, unpack: () => Control[]): Framework {
  let made: Control[] | null = null;
  return {
    ...framework,
    get controls() {
      made ??= unpack();
      return made;
    },
  };
}

function mappings(numbers: readonly number[], text: Text): Mapping[] {
  return Array.from({ length: numbers.length / FIELDS.length }, (_, index) => {
    const [policy, strength, shows, doesNotShow, source] = numbers.slice(index * FIELDS.length);
    return {
      policy: text(policy),
      strength: strengthOf(text(strength)),
      shows: text(shows),
      doesNotShow: text(doesNotShow),
      source: text(source),
    };
  });
}

function strengthOf(text: string): Strength {
  const found = STRENGTHS.find((each) => each === text);
  if (found === undefined) throw new Error(`the bundled frameworks are damaged: ${text}`);
  return found;
}
