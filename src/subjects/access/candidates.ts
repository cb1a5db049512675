import { not, type Truth } from "../../snapshot/logic.ts";
import { hasStandIn, organizationOf, withoutMarks } from "../../snapshot/stand-in.ts";
import { type Fact, isUnknown, unknown } from "../../snapshot/unknown.ts";
import type { Join } from "../join.ts";
import type { NamedPrincipal } from "../policy-document/document.ts";
import { ANY, ANY_PART } from "../policy-document/glob.ts";
import { isDeleted, isEveryone, wholeAccount } from "../policy-document/principal.ts";
import type { Bound } from "../policy-document/principals-allowed.ts";
import { type Context, known, open, type Principal } from "../policy-document/request.ts";
import { isCloudTrail } from "./legacy-accounts.ts";
import { CLOUDTRAIL, forStrangeResource, ofForeigner, ofOrganization } from "./service-context.ts";
import { isSame, isTrusted, mayBeAccount, type Own, organizationId } from "./trust.ts";

/** What somebody from outside must not do: these actions, on these resources. */
export type Asked = {
  actions: readonly string[];
  resources: readonly string[];
  partition: string;
  own: Own;
  /** The owner's canonical user id; null: not asked, as only S3 has them. */
  canonicalOwner: Fact<string | null>;
  /** Services that strangers cannot send to any harm, or all of them. */
  services: readonly string[] | "all";
};

/** Somebody whom a statement allows something, whether they are from outside, and how they would ask. */
export type Candidate = {
  name: string;
  isForeign: Truth;
  principal: Principal;
  context: Context;
};

type Entry = { principal: NamedPrincipal; bounds: readonly Bound[]; asked: Asked };

/** Those whom one entry of a statement may mean, other than everybody. */
export function candidates(join: Join, entry: Entry): Candidate[] {
  const { principal } = entry;
  if (isDeleted(principal)) return [];
  if (isEveryone(principal)) return ofBounds(join, entry);
  switch (principal.type) {
    case "AWS":
      return isCloudTrail(principal.value) ? [] : [ofAws(join, entry)];
    case "Service":
      return ofService(join, entry);
    case "CanonicalUser":
      return [ofCanonical(join, entry)];
    case "Federated":
      return [ofFederated(join, entry)];
  }
}

function ofAws(join: Join, { principal: { value }, asked }: Entry): Candidate {
  const account = wholeAccount(value);
  const id = account ?? value.split(":")[4] ?? value;
  return {
    name: withoutMarks(value),
    isForeign: not(isTrusted(join, id, asked.own)),
    principal:
      account === null
        ? { kind: "arn", arn: value }
        : { kind: "account", id, partition: asked.partition },
    context: ofForeigner(join, id),
  };
}

/** Which account a canonical user id stands for only S3 knows, so it is trusted as the owner's alone. */
function ofCanonical(join: Join, { principal: { value }, asked }: Entry): Candidate {
  const owner = asked.canonicalOwner;
  return {
    name: value,
    isForeign: isUnknown(owner) ? owner : owner !== value,
    principal: { kind: "canonical", id: value },
    context: ofForeigner(join, value),
  };
}

/** Identity providers of a trusted account are its own affair; who signs in elsewhere is not known. */
function ofFederated(join: Join, { principal: { value }, asked }: Entry): Candidate {
  const id = value.split(":")[4] ?? "";
  const isForeign = mayBeAccount(id)
    ? not(isTrusted(join, id, asked.own))
    : unknown("unresolved", { detail: `who signs in through ${value.slice(0, 100)}` });
  return { name: value, isForeign, principal: { kind: "anyone" }, context: open };
}

/** A service that strangers can send, and one that is held to a stranger's resource. */
function ofService(join: Join, { principal: { value }, bounds, asked }: Entry): Candidate[] {
  const name = value.toLowerCase().replace(/\.cn$/, "");
  if (hasStandIn(value)) return [undecided(value)];
  if (name === CLOUDTRAIL.name) return [];
  const principal: Principal = { kind: "service", name: value };
  const held = sources(join, bounds, asked).map((source) => ({
    ...source,
    name: `${value} for ${source.name}`,
    principal,
  }));
  if (asked.services === "all" || asked.services.includes(name)) return held;
  return [...held, { name: value, isForeign: true, principal, context: forStrangeResource() }];
}

/** A service whose name is not known. */
const undecided = (value: string): Candidate => ({
  name: withoutMarks(value),
  isForeign: unknown("unresolved", { detail: `which service ${withoutMarks(value)} is` }),
  principal: { kind: "anyone" },
  context: open,
});

/** Those to whom a statement for everyone is held by its conditions. */
function ofBounds(join: Join, { bounds, asked }: Entry): Candidate[] {
  const accounts = bounds
    .filter(({ key }) => /^(aws:principal(arn|account)|kms:calleraccount)$/.test(key))
    .flatMap(({ values }) => values.map(accountIn))
    .filter(mayBeAccount)
    .map((id) => ({
      name: withoutMarks(id),
      isForeign: not(isTrusted(join, id, asked.own)),
      principal: { kind: "account", id, partition: asked.partition } as const,
      context: ofForeigner(join, id),
    }));
  const services = sources(join, bounds, asked).map((source) => ({
    ...source,
    principal: { kind: "service", name: "of any name" } as const,
  }));
  return [...accounts, ...organizations(join, bounds, asked), ...services];
}

/** An ARN's account, or the text itself where it is an account's id. */
const accountIn = (value: string): string => value.split(":")[4] ?? value;

function organizations(
  join: Join,
  bounds: readonly Bound[],
  { partition, own }: Asked,
): Candidate[] {
  const organization = organizationId(join);
  return bounds
    .filter(({ key }) => key === "aws:principalorgid" || key === "aws:principalorgpaths")
    .flatMap(({ values }) => values.map((value) => value.split("/")[0] ?? ""))
    .filter((id) => /^o-[a-z0-9]+$/.test(id) || hasStandIn(id))
    .map((id) => ({
      name: withoutMarks(id),
      isForeign: isOfOther(id, organization, own),
      principal: { kind: "stranger", partition },
      context: ofOrganization(id),
    }));
}

/** Whichever organization the resource's own account is of, it is no other. */
function isOfOther(id: string, organization: Fact<string>, own: Own): Truth {
  if (own.some((each) => typeof each === "string" && organizationOf(each) === id)) return false;
  return isUnknown(organization) ? organization : not(isSame(id, organization));
}

/** The accounts for whose resources a service may come. */
function sources(
  join: Join,
  bounds: readonly Bound[],
  { own }: Asked,
): Omit<Candidate, "principal">[] {
  return bounds
    .filter(({ key }) => key === "aws:sourcearn" || key === "aws:sourceaccount")
    .flatMap(({ key, values }) => values.map((value) => ({ key, value, id: accountIn(value) })))
    .filter(({ id }) => mayBeAccount(id))
    .map(({ key, value, id }) => ({
      name: withoutMarks(id),
      isForeign: not(isTrusted(join, id, own)),
      context: ofSource(id, key === "aws:sourcearn" ? value.replace(/[*?]/g, ANY) : null),
    }));
}

function ofSource(id: string, arn: string | null): Context {
  return known(
    {
      "aws:SourceAccount": [id],
      "aws:SourceArn": [arn ?? `arn:${ANY_PART}:${ANY_PART}:${ANY_PART}:${id}:${ANY}`],
      "s3:x-amz-acl": ["bucket-owner-full-control"],
    },
    forStrangeResource(),
  );
}
