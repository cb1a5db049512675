import { isJsonObject, type JsonObject, jsonOrNull } from "../snapshot/json.ts";

// These tell what is worth asking for or keeping, never what a policy does: whatever they do not
// understand may do anything.

/** Whether a policy document, as text, may hold a statement that allows something. */
export function mayAllow(document: string): boolean {
  const statements = statementsOf(document);
  return statements === null || statements.some((each) => each.Effect !== "Deny");
}

/** Whether a policy document, as text, may allow or deny an action of a service (`cloudtrail`). */
export function mayConcern(document: string, service: string): boolean {
  const statements = statementsOf(document);
  if (statements === null) return true;
  return statements.some(({ Action: action }) => {
    if (action === undefined) return true;
    const actions = Array.isArray(action) ? action : [action];
    return actions.some((each) => typeof each !== "string" || mayBeOf(each, `${service}:`));
  });
}

/** An action's name may hold `*` and `?`, in front of the colon too, and its case is no matter. */
function mayBeOf(action: string, prefix: string): boolean {
  const name = action.toLowerCase();
  const [literal = ""] = name.split(/[*?]/, 1);
  return name.startsWith(prefix) || (literal !== name && prefix.startsWith(literal));
}

/** Null where the document cannot be read. */
function statementsOf(document: string): JsonObject[] | null {
  const parsed = jsonOrNull(document);
  const statement = isJsonObject(parsed) ? parsed.Statement : undefined;
  const statements = Array.isArray(statement) ? statement : [statement ?? null];
  return statements.every(isJsonObject) ? statements : null;
}
