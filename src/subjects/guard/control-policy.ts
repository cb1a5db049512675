import { or, type Truth } from "../../snapshot/logic.ts";
import type { ServiceControlPolicies } from "../../snapshot/organization-record.ts";
import { type Fact, isUnknown, mapFact, type Unknown, unknown } from "../../snapshot/unknown.ts";
import { type Denial, denies } from "../policy-document/denies.ts";
import type { PolicyDocument, Statement } from "../policy-document/document.ts";
import { ANY, globExtent } from "../policy-document/glob.ts";
import { judge } from "../policy-document/judge.ts";
import { parsePolicyDocument } from "../policy-document/parse.ts";
import type { PolicyRequest } from "../policy-document/request.ts";

/** One service control policy, read once. */
export type ControlPolicy = {
  id: string;
  name: string;
  targets: Fact<ReadonlySet<string>>;
  /** Whether it allows anything at all. */
  allowsSomething: Truth;
  about: (request: PolicyRequest) => Said;
};

/** What one policy says of a request, wherever it is attached. */
export type Said = {
  denied: Truth;
  exceptPrincipals: readonly string[];
  /** Whether it allows the request, all or some of it. */
  allowed: Truth;
  /** Whether it says the same of every account. */
  isGeneral: boolean;
};

/** The policy of AWS's own that is attached wherever nobody took it away. */
export const FULL_ACCESS = "p-FullAWSAccess";
const FULL_ACCESS_DOCUMENT =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';

export function controlPolicy(policy: ServiceControlPolicies["policies"][number]): ControlPolicy {
  const { id, name, targets } = policy;
  // Nobody can change the one of AWS's own.
  const document = mapFact(id === FULL_ACCESS ? FULL_ACCESS_DOCUMENT : policy.content, (text) =>
    parsePolicyDocument(text),
  );
  return {
    id,
    name,
    targets: mapFact(targets, (all) => new Set(all)),
    allowsSomething: mapFact(document, ({ statements }) =>
      statements.some(({ effect }) => effect === "Allow"),
    ),
    about: isUnknown(document) ? () => unread(document) : remembering(document),
  };
}

/** What a document says of requests: of one that it judges alike for all accounts, worked out once. */
function remembering(document: PolicyDocument): ControlPolicy["about"] {
  const parts = new Map<string, PolicyDocument>();
  const general = new Map<string, Said>();
  return (request) => {
    const key = generalKey(request);
    const known = general.get(key);
    if (known !== undefined) return known;
    const answer = said(partAbout(document, request, parts), request);
    if (answer.isGeneral) general.set(key, answer);
    return answer;
  };
}

/** A request but for whose account it is about; the facts around it are the same in all of these. */
function generalKey({ action, resource, principal }: PolicyRequest): string {
  const about = principal.kind === "account" ? resource.replaceAll(principal.id, "") : resource;
  return `${action} ${about}`;
}

const unread = (marker: Unknown): Said => ({
  denied: marker,
  exceptPrincipals: [],
  allowed: marker,
  isGeneral: true,
});

/** The statements about the action, found once; most policies hold none. */
function partAbout(
  document: PolicyDocument,
  { action }: PolicyRequest,
  parts: Map<string, PolicyDocument>,
): PolicyDocument {
  const before = parts.get(action);
  if (before !== undefined) return before;
  const part = { statements: document.statements.filter((each) => isAbout(each, action)) };
  parts.set(action, part);
  return part;
}

function isAbout({ actions: { not, values } }: Statement, action: string): boolean {
  const extents = values.map((pattern) => globExtent(pattern, action.toLowerCase()));
  return not
    ? extents.every(({ always }) => always !== true)
    : extents.some(({ ever }) => ever !== false);
}

function said(part: PolicyDocument, request: PolicyRequest): Said {
  const { allowed } = judge(part, request);
  const denial = denies(part, request);
  return {
    denied: withoutEverybodySpared(denial, request),
    exceptPrincipals: denial.denied === true ? denial.exceptPrincipals : [],
    allowed: allowed.always === true || allowed.ever === false ? allowed.always : partly(part),
    isGeneral: part.statements.every(isSameForAll),
  };
}

const partly = ({ statements }: PolicyDocument) =>
  unknown("unresolved", {
    detail: `whom ${statements.find(({ effect }) => effect === "Allow")?.name ?? "it"} allows it`,
  });

/** Account ids have digits, and `?` can stand for one. */
function isSameForAll({ resources, conditions }: Statement): boolean {
  const texts = [...(resources?.values ?? []), ...conditions.flatMap(({ values }) => values)];
  return texts.every((text) => !/[0-9?]/.test(text));
}

/** A denial that leaves out all roles or all users of the account denies next to nobody. */
function withoutEverybodySpared(denial: Denial, request: PolicyRequest): Truth {
  if (denial.denied !== true) return denial.denied;
  const spares = or(...denial.exceptPrincipals.map((each) => sparesEverybody(each, request)));
  return isUnknown(spares) ? spares : !spares;
}

/** Keys by which single principals are left out; those of others may mean the whole organization. */
const SINGLE = /^aws:(userid|username|principaltag\/\S*|principalaccount) /i;

function sparesEverybody(exception: string, { principal }: PolicyRequest): Truth {
  if (SINGLE.test(exception)) return false;
  if (!exception.startsWith("arn:") || principal.kind !== "account") return unclear(exception);
  const all = (kind: string) => `arn:${principal.partition}:iam::${principal.id}:${kind}/${ANY}`;
  return or(globExtent(exception, all("role")).always, globExtent(exception, all("user")).always);
}

const unclear = (exception: string) =>
  unknown("unresolved", { detail: `whom the exception ${exception.slice(0, 100)} leaves out` });
