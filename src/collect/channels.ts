import type { Channel } from "../snapshot/account-record.ts";
import { type Fact, type Unknown, unknown, unknownMore } from "../snapshot/unknown.ts";
import { type Ask, type Place, toldOr } from "./call.ts";
import type { Notebook } from "./evidence.ts";
import { textOrNull } from "./given.ts";
import { everyPage } from "./pages.ts";

type Tells = { notebook: Notebook; pointer: string };

/** A region's CloudTrail channels; the list is open where it cannot be read. */
export async function channelsOf(
  ask: Ask,
  place: Place,
  tells: Tells,
): Promise<(Channel | Unknown)[]> {
  const { pages, evidence, cut } = await everyPage(
    (NextToken) => ask("cloudtrail:ListChannels", place, { NextToken, MaxResults: 1000 }),
    (page) => page.NextToken,
  );
  for (const page of evidence) tells.notebook.tells([tells.pointer], page);
  const listed = pages.flatMap((page) => page.Channels ?? []);
  const channels = await Promise.all(
    listed.map(async ({ ChannelArn: arn, Name: name }, index) => {
      if (arn === undefined || name === undefined) return unreadable();
      const pointer = `${tells.pointer}/${index}/policy`;
      const policy = await policyOf({ ask, place, arn, name }, { ...tells, pointer });
      return { arn, name, policy };
    }),
  );
  return cut === null ? channels : [...channels, unknownMore(cut)];
}

const unreadable = () =>
  unknown("unsupported", { detail: "a channel without an ARN and a name that can be read" });

async function policyOf(
  { ask, place, arn, name }: { ask: Ask; place: Place; arn: string; name: string },
  { notebook, pointer }: Tells,
): Promise<Fact<string | null>> {
  // By these an AWS service gets events for itself; only channels for partners are shared by policy.
  if (name.startsWith("aws-service-channel/")) {
    return unknown("not-collected", { detail: "the channel is an AWS service's own" });
  }
  const answer = await ask("cloudtrail:GetResourcePolicy", place, { ResourceArn: arn });
  notebook.tells([pointer], answer.evidence);
  const none = { code: "ResourcePolicyNotFoundException", means: null };
  return toldOr(answer, none, ({ ResourcePolicy }) => textOrNull(ResourcePolicy, "ResourcePolicy"));
}
