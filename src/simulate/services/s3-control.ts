import { type Answer, given, type Request } from "../answers.ts";
import { denied } from "../error-codes.ts";
import type { IndexedWorld } from "../indexed-world.ts";
import { s3ControlProtocol } from "../protocols/rest-xml.ts";
import { publicAccessBlockAnswer } from "./s3-configurations.ts";
import type { Service } from "./service.ts";

const ACTION = "s3:GetAccountPublicAccessBlock";

export const s3control: Service = {
  name: "s3control",
  protocol: s3ControlProtocol,
  resourceParameters: ["AccountId"],
  actions: { GetPublicAccessBlock: ACTION },
  operations: { GetPublicAccessBlock: getPublicAccessBlock },
};

/** An account's own switches; only the account itself is told. */
function getPublicAccessBlock(request: Request, world: IndexedWorld): Answer {
  const { caller, input } = request;
  if (given(input, "AccountId") !== caller.accountId) {
    throw denied({ ...request, action: ACTION, partition: world.partition });
  }
  const account = world.accounts.get(caller.accountId);
  return { body: publicAccessBlockAnswer(account?.publicAccessBlock ?? null) };
}
