import { createHash } from "node:crypto";
import {
  type Answer,
  documentText,
  epochSeconds,
  given,
  givenNumber,
  page,
  Refusal,
  type Request,
} from "../answers.ts";
import { CLOUDTRAIL, type IndexedWorld } from "../indexed-world.ts";
import type { Channel, EventDataStore } from "../schema/lake.ts";
import { advancedSelector } from "./cloudtrail-selectors.ts";
import type { Operation } from "./service.ts";

const MADE = epochSeconds(Date.parse("2024-01-15T09:00:00Z"));
const LARGEST_PAGE = 1000;
const MANAGEMENT_EVENTS = {
  name: "Default management events",
  fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }],
};

/** Event data stores, channels, and the resource policies of both. */
export const lake: Readonly<Record<string, Operation>> = {
  ListEventDataStores: (request, world) => {
    const { items, next } = paged(request, storesIn(request, world));
    const EventDataStores = items.map((each) => ({
      EventDataStoreArn: storeArn(world, each),
      Name: each.name,
    }));
    return { body: { EventDataStores, NextToken: next } };
  },
  GetEventDataStore: getEventDataStore,
  ListChannels: (request, world) => {
    const { items, next } = paged(request, channelsIn(request, world));
    const Channels = items.map((each) => ({
      ChannelArn: channelArn(world, each),
      Name: each.name,
    }));
    return { body: { Channels, NextToken: next } };
  },
  GetChannel: getChannel,
  GetResourcePolicy: getResourcePolicy,
};

function paged<T>({ input }: Request, items: readonly T[]) {
  const size = Math.min(givenNumber(input, "MaxResults") ?? LARGEST_PAGE, LARGEST_PAGE);
  return page(items, { token: given(input, "NextToken"), size }, () => {
    return new Refusal("InvalidNextTokenException", "The next token is invalid.");
  });
}

/** An organization's store is seen by its owner and CloudTrail's delegated administrators alone. */
function storesIn({ caller, region }: Request, { world }: IndexedWorld): EventDataStore[] {
  const delegated = world.organization?.delegatedAdministrators?.[CLOUDTRAIL] ?? [];
  const isDelegated = delegated.includes(caller.accountId);
  return (world.eventDataStores ?? []).filter(
    (each) =>
      each.region === region &&
      (each.account === caller.accountId || (isDelegated && each.organizationEnabled === true)),
  );
}

const channelsIn = ({ caller, region }: Request, { world }: IndexedWorld): Channel[] =>
  (world.channels ?? []).filter(
    (each) => each.region === region && each.account === caller.accountId,
  );

type Named = { name: string; account: string; region: string; id?: string };

function uuidOf({ id, name, account, region }: Named): string {
  if (id !== undefined) return id;
  const hash = createHash("sha256").update(`${account}/${region}/${name}`).digest("hex");
  return hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const arnOf = ({ partition }: IndexedWorld, type: string, each: Named): string =>
  `arn:${partition}:cloudtrail:${each.region}:${each.account}:${type}/${uuidOf(each)}`;

const storeArn = (world: IndexedWorld, store: EventDataStore): string =>
  arnOf(world, "eventdatastore", store);

const channelArn = (world: IndexedWorld, channel: Channel): string =>
  arnOf(world, "channel", channel);

/** The store or channel of an ARN, where the caller sees it in this region. */
export function findResource(
  arn: string,
  request: Request,
  world: IndexedWorld,
): EventDataStore | Channel | undefined {
  return (
    storesIn(request, world).find((each) => storeArn(world, each) === arn) ??
    channelsIn(request, world).find((each) => channelArn(world, each) === arn)
  );
}

/** Named by its ARN, or by the id at the ARN's end. */
function getEventDataStore(request: Request, world: IndexedWorld): Answer {
  const asked = given(request.input, "EventDataStore") ?? "";
  const store = storesIn(request, world).find(
    (each) => asked === storeArn(world, each) || asked === uuidOf(each),
  );
  if (store === undefined) {
    const says = "The specified event data store was not found.";
    throw new Refusal("EventDataStoreNotFoundException", says);
  }
  const { advancedEventSelectors = [MANAGEMENT_EVENTS] } = store;
  return {
    body: {
      EventDataStoreArn: storeArn(world, store),
      Name: store.name,
      Status: store.status ?? "ENABLED",
      AdvancedEventSelectors: advancedEventSelectors.map(advancedSelector),
      MultiRegionEnabled: store.multiRegionEnabled ?? true,
      OrganizationEnabled: store.organizationEnabled ?? false,
      RetentionPeriod: store.retentionPeriod ?? 366,
      TerminationProtectionEnabled: store.terminationProtectionEnabled ?? true,
      CreatedTimestamp: MADE,
      UpdatedTimestamp: MADE,
      KmsKeyId: store.kmsKeyId,
      BillingMode: store.billingMode ?? "EXTENDABLE_RETENTION_PRICING",
    },
  };
}

/** Named by its ARN, or by the id at the ARN's end. */
function getChannel(request: Request, world: IndexedWorld): Answer {
  const asked = given(request.input, "Channel") ?? "";
  const channel = channelsIn(request, world).find(
    (each) => asked === channelArn(world, each) || asked === uuidOf(each),
  );
  if (channel === undefined) {
    throw new Refusal("ChannelNotFoundException", "The specified channel was not found.");
  }
  const { advancedEventSelectors = [], applyToAllRegions, destinations = [] } = channel;
  return {
    body: {
      ChannelArn: channelArn(world, channel),
      Name: channel.name,
      Source: channel.source ?? "CloudTrail",
      SourceConfig: {
        ApplyToAllRegions: applyToAllRegions ?? true,
        AdvancedEventSelectors: advancedEventSelectors.map(advancedSelector),
      },
      Destinations: destinations.map(({ type, location }) => ({ Type: type, Location: location })),
    },
  };
}

/** Trails have none: for their ARNs the call is an error, as it is for what has no policy. */
function getResourcePolicy(request: Request, world: IndexedWorld): Answer {
  const arn = given(request.input, "ResourceArn") ?? "";
  const [, , service, , , resource = ""] = arn.split(":");
  if (service !== "cloudtrail" || resource.startsWith("trail/")) {
    const says = `The resource type of ${arn} is not supported.`;
    throw new Refusal("ResourceTypeNotSupportedException", says);
  }
  const found = findResource(arn, request, world);
  if (found === undefined) {
    throw new Refusal("ResourceNotFoundException", `The resource ${arn} was not found.`);
  }
  if (found.policy === undefined) {
    const says = `The resource policy for ${arn} was not found.`;
    throw new Refusal("ResourcePolicyNotFoundException", says);
  }
  return { body: { ResourceArn: arn, ResourcePolicy: documentText(found.policy) } };
}
