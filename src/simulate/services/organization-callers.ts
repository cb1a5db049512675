import { type Answer, given, givenNumber, page, Refusal, type Request } from "../answers.ts";
import type { Directory } from "../directory.ts";
import { type IndexedWorld, isMember } from "../indexed-world.ts";
import type { Organization } from "../schema/organization.ts";
import type { Operation } from "./service.ts";

export const LARGEST_PAGE = 20;

/** A call of somebody who is in an organization. */
export type Context = {
  request: Request;
  world: IndexedWorld;
  organization: Organization;
  tree: Directory;
};

/** Lets in any account of the organization. */
export function ofMember(answer: (context: Context) => unknown): Operation {
  return (request, world): Answer => {
    const { organization } = world.world;
    if (
      organization === undefined ||
      world.directory === undefined ||
      !isMember(world, request.caller.accountId)
    ) {
      throw new Refusal(
        "AWSOrganizationsNotInUseException",
        "Your account is not a member of an organization.",
      );
    }
    return { body: answer({ request, world, organization, tree: world.directory }) };
  };
}

/** Lets in the management account, or a delegated administrator of whatever service. */
export function ofAdministrator(answer: (context: Context) => unknown): Operation {
  return ofMember((context) => {
    const { managementAccount, delegatedAdministrators = {} } = context.organization;
    const allowed = [managementAccount, ...Object.values(delegatedAdministrators).flat()];
    if (allowed.includes(context.request.caller.accountId)) return answer(context);
    const says = "You don't have permissions to access this resource.";
    throw new Refusal("AccessDeniedException", says);
  });
}

/** The ARN of something in the organization: all of them belong to the management account. */
export const arn = ({ world, organization, tree }: Context, type: string, rest: string): string =>
  `arn:${world.partition}:organizations::${organization.managementAccount}:${type}/${tree.id}${rest}`;

/** One page, of at most twenty, as Organizations cuts them. */
export function paged<T>(
  { request }: Context,
  items: readonly T[],
): { items: T[]; next: string | undefined } {
  const size = givenNumber(request.input, "MaxResults") ?? LARGEST_PAGE;
  if (size < 1 || size > LARGEST_PAGE) {
    throw new Refusal("InvalidInputException", "You specified an invalid value for MaxResults.");
  }
  const token = given(request.input, "NextToken");
  return page(items, { token, size }, () => {
    return new Refusal("InvalidInputException", "You specified an invalid next token.");
  });
}
