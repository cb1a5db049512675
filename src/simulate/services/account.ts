import { type Answer, given, givenNumber, page, Refusal, type Request } from "../answers.ts";
import { denied } from "../error-codes.ts";
import { type IndexedWorld, isMember, regionsOf } from "../indexed-world.ts";
import { restJson } from "../protocols/json.ts";
import type { Service } from "./service.ts";

const SERVICE = "account.amazonaws.com";
const LARGEST_PAGE = 50;

export const account: Service = {
  name: "account",
  protocol: restJson,
  resourceParameters: ["AccountId"],
  isGlobal: true,
  operations: { ListRegions: listRegions },
};

function listRegions(request: Request, world: IndexedWorld): Answer {
  const { input, caller } = request;
  const asked = given(input, "AccountId");
  if (asked !== undefined) mustAdminister(request, world, asked);
  const wanted = input.RegionOptStatusContains;
  const regions = regionsOf(world, asked ?? caller.accountId)
    .filter(([, state]) => !Array.isArray(wanted) || wanted.includes(state))
    .map(([RegionName, RegionOptStatus]) => ({ RegionName, RegionOptStatus }));
  const size = Math.min(givenNumber(input, "MaxResults") ?? LARGEST_PAGE, LARGEST_PAGE);
  const { items, next } = page(regions, { token: given(input, "NextToken"), size }, () => {
    return new Refusal("ValidationException", "The provided next token is invalid.");
  });
  return { body: { Regions: items, NextToken: next } };
}

/** Another account's regions: for the management account or a delegated administrator, never for itself. */
function mustAdminister(request: Request, world: IndexedWorld, asked: string): void {
  const { caller } = request;
  const { organization } = world.world;
  const delegated = organization?.delegatedAdministrators?.[SERVICE] ?? [];
  const administers =
    organization?.managementAccount === caller.accountId || delegated.includes(caller.accountId);
  const isOwnManagement = asked === organization?.managementAccount;
  const isTrusted = world.trustedAccess.has(SERVICE);
  if (administers && isTrusted && !isOwnManagement && isMember(world, asked)) return;
  const about = { ...request, action: "account:ListRegions", partition: world.partition };
  throw denied(about, {
    resource: `arn:${world.partition}:account::${asked}:account`,
    because: "",
  });
}
