import { isUnknown, type Unknown } from "../snapshot/unknown.ts";
import type { TemplateResource, UnseenModule } from "./resource.ts";
import { isReference, isText, type Value } from "./value.ts";

/** A stack whose template is not at hand, or may make more than it says, as a module of which the same is true. */
export function unseenStack(stack: TemplateResource, why: Unknown): UnseenModule {
  const { address, values } = stack;
  const url = values["template_url"];
  const isAbout = /AWS::CloudTrail::/.test(JSON.stringify(values));
  const source = typeof url === "string" ? url : isAbout ? "AWS::CloudTrail" : "its template";
  return { address, source, why, arguments: values, handed: handedIn(values) };
}

/** What a template that nobody sees can name. */
function handedIn(values: Value): UnseenModule["handed"] {
  const [resources, texts] = [new Set<string>(), new Set<string>()];
  const rest: Value[] = [values];
  for (let value = rest.pop(); value !== undefined; value = rest.pop()) {
    if (typeof value === "string") texts.add(value);
    else if (isReference(value)) resources.add(value.$reference.address.replace(/\[[^\]]*\]/g, ""));
    else if (typeof value === "object" && value !== null && !isUnknown(value)) {
      rest.push(...Object.values(isText(value) ? value.$text : value));
    }
  }
  return { resources, texts };
}
