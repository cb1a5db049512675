import type { PolicySummary, Root } from "@aws-sdk/client-organizations";
import type { ServiceControlPolicies } from "../snapshot/organization-record.ts";
import { type Fact, isUnknown, mapFact, unknown } from "../snapshot/unknown.ts";
import { type Ask, type Place, told } from "./call.ts";
import type { Notebook } from "./evidence.ts";
import { text } from "./given.ts";
import { everyPage } from "./pages.ts";
import { mayAllow } from "./statements.ts";

const TYPE = "SERVICE_CONTROL_POLICY";
const POINTER = "/serviceControlPolicies";
/** Of more, AWS would take ten minutes to tell the documents. */
const MOST_POLICIES = 1000;

type Policy = ServiceControlPolicies["policies"][number];
type Asked = { ask: Ask; place: Place; notebook: Notebook };

/** The service control policies of an organization with these roots, each with what it is attached to. */
export async function serviceControlPolicies(
  asked: Asked,
  roots: Fact<readonly Root[]>,
): Promise<Fact<ServiceControlPolicies>> {
  const enabled = mapFact(roots, areEnabled);
  if (isUnknown(enabled)) return enabled;
  // AWS detaches every policy from everything when it disables their type.
  if (!enabled) return { enabled, policies: [] };
  const listed = await listPolicies(asked);
  return isUnknown(listed) ? listed : { enabled, policies: await readPolicies(asked, listed) };
}

function areEnabled(roots: readonly Root[]): Fact<boolean> {
  const types = roots.map(({ PolicyTypes }) => PolicyTypes);
  if (types.length === 0 || types.includes(undefined)) {
    return unknown("unsupported", { detail: "ListRoots does not tell the policy types" });
  }
  // Of a type that is being enabled or disabled nothing is sure to bind anybody.
  return types.every((each) => each?.some((type) => type.Type === TYPE && isOn(type.Status)));
}

const isOn = (status: string | undefined) => status === "ENABLED";

type Listed = { id: string; name: string; isFullAccess: boolean };

async function listPolicies({ ask, place, notebook }: Asked): Promise<Fact<Listed[]>> {
  const { pages, evidence, cut } = await everyPage(
    (NextToken) => ask("organizations:ListPolicies", place, { Filter: TYPE, NextToken }),
    (page) => page.NextToken,
  );
  for (const page of evidence) notebook.tells([`${POINTER}/policies`], page);
  if (cut !== null) return cut;
  const listed = pages.flatMap((page) => page.Policies ?? []).map(readSummary);
  if (listed.length > MOST_POLICIES) {
    return unknown("unsupported", { detail: `${listed.length} service control policies` });
  }
  return listed.sort((a, b) => (a.id < b.id ? -1 : 1));
}

const readSummary = ({ Id = "", Name = "", AwsManaged }: PolicySummary): Listed => ({
  id: Id,
  name: Name,
  isFullAccess: Id === "p-FullAWSAccess" && AwsManaged === true,
});

/** FullAWSAccess comes last: where nothing else allows anything, what it is attached to is no matter. */
async function readPolicies(asked: Asked, listed: readonly Listed[]): Promise<Policy[]> {
  const pointer = (index: number) => `${POINTER}/policies/${index}`;
  const own = await Promise.all(
    listed.map((each, index) =>
      each.isFullAccess ? null : ownPolicy(asked, each, pointer(index)),
    ),
  );
  const isNeeded = own.some((policy) => policy !== null && allowsSomewhere(policy));
  return Promise.all(
    listed.map(
      (each, index) => own[index] ?? fullAccess(asked, each, { pointer: pointer(index), isNeeded }),
    ),
  );
}

/** A policy that is attached to nothing says nothing, and documents are the slowest to be had. */
async function ownPolicy(asked: Asked, { id, name }: Listed, pointer: string): Promise<Policy> {
  const targets = await targetsOf(asked, id, pointer);
  const isIdle = !isUnknown(targets) && targets.length === 0;
  const content = isIdle
    ? unknown("not-collected", { detail: "the policy is attached to nothing" })
    : await contentOf(asked, id, pointer);
  return { id, name, content, targets };
}

async function fullAccess(
  asked: Asked,
  { id, name }: Listed,
  { pointer, isNeeded }: { pointer: string; isNeeded: boolean },
): Promise<Policy> {
  const [content, targets] = await Promise.all([
    contentOf(asked, id, pointer),
    isNeeded
      ? targetsOf(asked, id, pointer)
      : unknown("not-collected", { detail: "no other policy allows anything" }),
  ]);
  return { id, name, content, targets };
}

const allowsSomewhere = ({ content, targets }: Policy) =>
  (isUnknown(targets) || targets.length > 0) && (isUnknown(content) || mayAllow(content));

async function targetsOf(
  { ask, place, notebook }: Asked,
  PolicyId: string,
  pointer: string,
): Promise<Fact<string[]>> {
  const { pages, evidence, cut } = await everyPage(
    (NextToken) => ask("organizations:ListTargetsForPolicy", place, { PolicyId, NextToken }),
    (page) => page.NextToken,
  );
  for (const page of evidence) notebook.tells([`${pointer}/targets`], page);
  const targets = pages.flatMap((page) => page.Targets ?? []).map(({ TargetId = "" }) => TargetId);
  return cut ?? targets.sort();
}

async function contentOf(
  { ask, place, notebook }: Asked,
  PolicyId: string,
  pointer: string,
): Promise<Fact<string>> {
  const answer = await ask("organizations:DescribePolicy", place, { PolicyId });
  notebook.tells([`${pointer}/content`], answer.evidence);
  return told(answer, ({ Policy: policy }) => text(policy?.Content, "Content"));
}
