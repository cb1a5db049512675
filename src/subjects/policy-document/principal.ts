import { hasStandIn, isAnyText, withoutMarks } from "../../snapshot/stand-in.ts";
import { unknown } from "../../snapshot/unknown.ts";
import type { NamedPrincipal, Principals } from "./document.ts";
import { ALL, type Extent, either, inverse, NONE, SOME, same } from "./extent.ts";
import type { Principal } from "./request.ts";

/** How far those who ask are among the principals of a statement; null: it names none, and means all. */
export function principalExtent(principals: Principals | null, asking: Principal): Extent {
  if (principals === null) return ALL;
  const named = either(principals.values.map((each) => namedExtent(each, asking)));
  return principals.not ? inverse(named) : named;
}

/** Whether it names everyone. `{"AWS": "*"}` means the same as `"*"`. */
export function isEveryone({ type, value }: NamedPrincipal): boolean {
  return type === "AWS" && value === "*";
}

/** The account that an entry under AWS means as a whole: by its id, or as its root. */
export function wholeAccount(value: string): string | null {
  if (/^\d{12}$/.test(value) || (hasStandIn(value) && !value.includes(":"))) return value;
  const [, , service, , account = "", ...rest] = value.split(":");
  return service === "iam" && rest.join(":") === "root" ? account : null;
}

/** What IAM leaves in a policy where a user or role was deleted: its unique id. It is nobody. */
export function isDeleted({ type, value }: NamedPrincipal): boolean {
  return type === "AWS" && /^A[A-Z]{3}[A-Z0-9]{12,32}$/.test(value);
}

function namedExtent(named: NamedPrincipal, asking: Principal): Extent {
  if (isEveryone(named)) return ALL;
  if (isDeleted(named)) return NONE;
  if (isAnyText(named.value)) return same(unclear(named.value));
  if (asking.kind === "anyone") return SOME;
  if (asking.kind === "anonymous" || asking.kind === "stranger") return NONE;
  switch (named.type) {
    case "AWS":
      return awsExtent(named.value, asking);
    case "Service":
      return asking.kind === "service" ? same(isService(named.value, asking.name)) : NONE;
    case "CanonicalUser":
      return canonicalExtent(named.value, asking);
    case "Federated":
      return asking.kind === "service" ? NONE : same(unclear(named.value));
  }
}

/** In China some services go by a name that ends in .cn as well. */
function isService(named: string, asking: string): boolean {
  const [one, other] = [named.toLowerCase(), asking.toLowerCase()];
  return named === "*" || one === other || one === `${other}.cn`;
}

function awsExtent(value: string, asking: Principal): Extent {
  const account = wholeAccount(value);
  if (asking.kind === "account") {
    if (mayBe(account ?? value.split(":")[4] ?? "", asking.id)) return same(unclear(value));
    if (account !== null) return same(account === asking.id);
    return value.split(":")[4] === asking.id ? SOME : NONE;
  }
  if (asking.kind === "arn") return arnExtent(value, account, asking.arn);
  // Which account a canonical user id stands for only S3 knows.
  return asking.kind === "canonical" ? same(unclear(value)) : NONE;
}

function arnExtent(value: string, account: string | null, asking: string): Extent {
  const [, , service, , own = ""] = asking.split(":");
  if (account === null ? mayBe(value, asking) : mayBe(account, own)) return same(unclear(value));
  if (account !== null) return same(account === own);
  if (value === asking) return ALL;
  const isSession = service === "sts" || value.split(":")[2] === "sts";
  return isSession && value.split(":")[4] === own ? same(unclear(value)) : NONE;
}

function canonicalExtent(value: string, asking: Principal): Extent {
  if (asking.kind === "canonical") return same(value === asking.id);
  return asking.kind === "service" ? NONE : same(unclear(value));
}

/** Whether two texts differ only as far as is known. */
const mayBe = (one: string, other: string): boolean =>
  one !== other && (hasStandIn(one) || hasStandIn(other));

const unclear = (value: string) =>
  unknown("unresolved", { detail: `whether ${withoutMarks(value).slice(0, 200)} is who asks` });
