import type { Answer, Refusal } from "../answers.ts";
import type { Parsed, Protocol, Wire, Written } from "./protocol.ts";
import { XML_HEAD, xml } from "./xml.ts";

/** The parameter in the address that says what of a bucket is asked. */
const SUBRESOURCES: Record<string, string> = {
  location: "GetBucketLocation",
  policy: "GetBucketPolicy",
  policyStatus: "GetBucketPolicyStatus",
  publicAccessBlock: "GetPublicAccessBlock",
  acl: "GetBucketAcl",
  ownershipControls: "GetBucketOwnershipControls",
  versioning: "GetBucketVersioning",
  logging: "GetBucketLogging",
  encryption: "GetBucketEncryption",
  "object-lock": "GetObjectLockConfiguration",
  lifecycle: "GetBucketLifecycleConfiguration",
  replication: "GetBucketReplication",
  requestPayment: "GetBucketRequestPayment",
  "list-type": "ListObjectsV2",
};

/** S3's own restXml: the bucket in the path or in front of the host, errors without a wrapper. */
export const s3Protocol: Protocol = {
  read: readS3,
  answer: written,
  refusal: (refusal, requestId) => {
    const { code: Code, message: Message } = refusal;
    const error = { Code, Message, RequestId: requestId, HostId: hostId(requestId) };
    return refused(refusal, { Error: error }, requestId);
  },
};

/** restXml with wrapped errors, as S3 Control speaks it. */
export const s3ControlProtocol: Protocol = {
  read: ({ method, path, headers }) => {
    if (method !== "GET" || path !== "/v20180820/configuration/publicAccessBlock") return undefined;
    return { operation: "GetPublicAccessBlock", input: { AccountId: headers["x-amz-account-id"] } };
  },
  answer: written,
  refusal: (refusal, requestId) => {
    const error = { Code: refusal.code, Message: refusal.message };
    return refused(refusal, { ErrorResponse: { Error: error, RequestId: requestId } }, requestId);
  },
};

function readS3({ method, path, query, headers }: Wire): Parsed | undefined {
  const [, inHost] = /^(.+)\.localhost(?::\d+)?$/.exec(headers.host ?? "") ?? [];
  const [inPath = "", ...key] = path.slice(1).split("/");
  const bucket = inHost ?? inPath;
  if ((inHost === undefined ? key.join("/") : inPath) !== "") return undefined;
  const input: Record<string, unknown> = {
    Bucket: bucket,
    ExpectedBucketOwner: headers["x-amz-expected-bucket-owner"],
  };
  if (bucket === "") return listing(method, query);
  if (method === "HEAD") return { operation: "HeadBucket", input };
  const subresource = [...query.keys()].find((name) => Object.hasOwn(SUBRESOURCES, name));
  const operation = SUBRESOURCES[subresource ?? ""];
  if (method !== "GET" || operation === undefined) return undefined;
  return { operation, input: operation === "ListObjectsV2" ? listed(input, query) : input };
}

function listing(method: string, query: URLSearchParams): Parsed | undefined {
  if (method !== "GET") return undefined;
  const input = {
    Prefix: query.get("prefix") ?? undefined,
    MaxBuckets: query.get("max-buckets") ?? undefined,
    ContinuationToken: query.get("continuation-token") ?? undefined,
    BucketRegion: query.get("bucket-region") ?? undefined,
  };
  return { operation: "ListBuckets", input };
}

const listed = (input: Record<string, unknown>, query: URLSearchParams) => ({
  ...input,
  Prefix: query.get("prefix") ?? undefined,
  MaxKeys: query.get("max-keys") ?? undefined,
  Delimiter: query.get("delimiter") ?? undefined,
  StartAfter: query.get("start-after") ?? undefined,
  ContinuationToken: query.get("continuation-token") ?? undefined,
});

const hostId = (requestId: string): string => `host-of-${requestId}`;

const headersOf = (requestId: string) => ({
  "x-amz-request-id": requestId,
  "x-amz-id-2": hostId(requestId),
});

/** A text body is the document itself: GetBucketPolicy answers JSON in a protocol of XML. */
function written({ status = 200, headers, body }: Answer, _operation: string, id: string): Written {
  const type = typeof body === "string" ? "application/json" : "application/xml";
  const text = typeof body === "string" ? body : `${XML_HEAD}${xml(body)}`;
  return { status, headers: { "content-type": type, ...headersOf(id), ...headers }, body: text };
}

const refused = ({ status, headers }: Refusal, body: unknown, requestId: string): Written => ({
  status,
  headers: { "content-type": "application/xml", ...headersOf(requestId), ...headers },
  body: `${XML_HEAD}${xml(body)}`,
});
