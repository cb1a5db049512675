import { AsyncLocalStorage } from "node:async_hooks";
import { AccountClient } from "@aws-sdk/client-account";
import { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EC2Client } from "@aws-sdk/client-ec2";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { IAMClient } from "@aws-sdk/client-iam";
import { KMSClient } from "@aws-sdk/client-kms";
import { OrganizationsClient } from "@aws-sdk/client-organizations";
import { S3Client } from "@aws-sdk/client-s3";
import { S3ControlClient, type S3ControlClientConfig } from "@aws-sdk/client-s3-control";
import { SNSClient } from "@aws-sdk/client-sns";
import { STSClient } from "@aws-sdk/client-sts";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { Connection, Credentials } from "./request.ts";

/** What travels with one call: who signs it, and what its answer's headers said. */
export type Exchange = { credentials: Credentials; headers: Record<string, string> };

/** The call that is being made; lets all accounts share one client per service and region. */
export const exchange = new AsyncLocalStorage<Exchange>();

/** One client per service and region, made when first asked for. */
export type Clients = ReturnType<typeof createClients>;

/** Makes the clients of a run; `close` frees their sockets. */
export function createClients(connection: Connection, environment: NodeJS.ProcessEnv) {
  const handler = recordingHandler(connection);
  const shared = {
    credentials: signer(),
    requestHandler: handler,
    // Retries, throttles and the deadline are counted in one place: `call.ts`.
    maxAttempts: 1,
    ...(connection.endpoint === undefined ? {} : { endpoint: connection.endpoint }),
  };
  const hasOwnEndpoint =
    connection.endpoint !== undefined ||
    ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL_S3_CONTROL"].some(
      (name) => environment[name] !== undefined,
    );
  return {
    account: perRegion((region) => new AccountClient({ ...shared, region })),
    cloudtrail: perRegion((region) => new CloudTrailClient({ ...shared, region })),
    cloudwatch: perRegion((region) => new CloudWatchClient({ ...shared, region })),
    ec2: perRegion((region) => new EC2Client({ ...shared, region })),
    events: perRegion((region) => new EventBridgeClient({ ...shared, region })),
    iam: perRegion((region) => new IAMClient({ ...shared, region })),
    kms: perRegion((region) => new KMSClient({ ...shared, region })),
    logs: perRegion((region) => new CloudWatchLogsClient({ ...shared, region })),
    organizations: perRegion((region) => new OrganizationsClient({ ...shared, region })),
    // Another endpoint than AWS's own rarely has names for buckets and accounts in its host name.
    s3: perRegion((region) => new S3Client({ ...shared, region, forcePathStyle: hasOwnEndpoint })),
    s3control: perRegion(
      (region) => new S3ControlClient({ ...shared, region, ...(hasOwnEndpoint ? oneHost() : {}) }),
    ),
    sns: perRegion((region) => new SNSClient({ ...shared, region })),
    // A token of the global endpoint is refused in opt-in regions; with a region given it is never used.
    sts: perRegion((region) => new STSClient({ ...shared, region })),
    close: () => handler.destroy(),
  };
}

/** S3 Control puts the account in front of the host name, which an address like 127.0.0.1 cannot take. */
function oneHost(): S3ControlClientConfig {
  return {
    disableHostPrefix: true,
    endpointProvider: ({ Endpoint }) => ({ url: new URL(given(Endpoint)) }),
  };
}

function given(endpoint: string | undefined): string {
  if (endpoint === undefined) throw new Error("S3 Control was to have an endpoint of its own");
  return endpoint;
}

function perRegion<C>(create: (region: string) => C): (region: string) => C {
  const clients = new Map<string, C>();
  return (region) => {
    const known = clients.get(region);
    if (known !== undefined) return known;
    const made = create(region);
    clients.set(region, made);
    return made;
  };
}

/** The SDK keeps a provider's answer unless told that it is `memoized` already. */
function signer() {
  const current = async (): Promise<Credentials> => {
    const store = exchange.getStore();
    if (store === undefined) throw new Error("A call to AWS was made outside of call.ts");
    return store.credentials;
  };
  return Object.assign(current, { memoized: true });
}

/** One socket pool for all clients, whose answers leave their headers with the call. */
function recordingHandler(connection: Connection) {
  const most = connection.maxInFlight ?? 256;
  const agent = { keepAlive: true, maxSockets: most, maxFreeSockets: most };
  const inner = new NodeHttpHandler({
    connectionTimeout: Math.min(5000, connection.requestTimeoutMs),
    httpAgent: agent,
    httpsAgent: agent,
  });
  return {
    metadata: inner.metadata,
    handle: async (...call: Parameters<NodeHttpHandler["handle"]>) => {
      const answer = await inner.handle(...call);
      const store = exchange.getStore();
      if (store !== undefined) store.headers = answer.response.headers;
      return answer;
    },
    updateHttpClientConfig: inner.updateHttpClientConfig.bind(inner),
    httpHandlerConfigs: inner.httpHandlerConfigs.bind(inner),
    destroy: inner.destroy.bind(inner),
  };
}
