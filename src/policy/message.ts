import { SUBJECT_KINDS, type SubjectKind } from "../subjects/schema/kinds.ts";
import { placeholders } from "./compile.ts";
import { type FactPlace, factPlace } from "./fact-place.ts";
import type { Policy } from "./policy.ts";
import { PolicyFault } from "./refusal.ts";

/** Names in the texts that readers see which are no field of the subject. */
export function* messageFaults({ subject, message, fix }: Policy): Generator<PolicyFault> {
  const texts = { "/message": message, "/fix/cli": fix.cli, "/fix/text": fix.text };
  for (const [pointer, text = ""] of Object.entries(texts)) {
    for (const path of placeholders(text)) {
      if (isField(subject, path)) continue;
      const what = `{${path}} is no field of the subject ${subject}`;
      yield new PolicyFault(
        pointer,
        what,
        "Name a field of the subject, as in {name} or {kmsKey.arn}.",
      );
    }
  }
}

function isField(kind: SubjectKind, path: string): boolean {
  let place: FactPlace | undefined = factPlace(SUBJECT_KINDS[kind].schema);
  for (const name of path.split(".")) {
    place = place.properties.get(name)?.place ?? place.rest ?? undefined;
    if (place === undefined) return false;
  }
  return true;
}
