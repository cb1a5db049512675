import type { Parsed, Protocol, Wire } from "./protocol.ts";
import { XML_HEAD, XML_TYPE, xml } from "./xml.ts";

/** awsQuery, as STS and SNS speak it: a form in, XML out. */
export function queryProtocol(namespace: string): Protocol {
  return {
    read: readForm,
    answer: ({ status = 200, body }, operation, requestId) => ({
      status,
      headers: { "content-type": XML_TYPE, "x-amzn-requestid": requestId },
      body: xml({
        [`${operation}Response`]: {
          "@xmlns": namespace,
          [`${operation}Result`]: body,
          ResponseMetadata: { RequestId: requestId },
        },
      }),
    }),
    refusal: ({ code, message, status, headers }, requestId) => ({
      status,
      headers: { "content-type": XML_TYPE, "x-amzn-requestid": requestId, ...headers },
      body: xml({
        ErrorResponse: {
          "@xmlns": namespace,
          Error: { Type: status < 500 ? "Sender" : "Receiver", Code: code, Message: message },
          RequestId: requestId,
        },
      }),
    }),
  };
}

const EC2_NAMESPACE = "http://ec2.amazonaws.com/doc/2016-11-15/";

/** ec2Query: the same forms; answers without a Result element, errors in a list. */
export const ec2Query: Protocol = {
  read: readForm,
  answer: ({ status = 200, body }, operation, requestId) => ({
    status,
    headers: { "content-type": XML_TYPE, "x-amzn-requestid": requestId },
    body: `${XML_HEAD}${xml({
      [`${operation}Response`]: { "@xmlns": EC2_NAMESPACE, requestId, ...Object(body) },
    })}`,
  }),
  refusal: ({ code, message, status }, requestId) => ({
    status,
    headers: { "content-type": XML_TYPE, "x-amzn-requestid": requestId },
    body: `${XML_HEAD}${xml({
      Response: { Errors: { Error: { Code: code, Message: message } }, RequestID: requestId },
    })}`,
  }),
};

/** The form's fields as they are spelt: `Filter.1.Name` stays one name. */
function readForm({ body }: Wire): Parsed | undefined {
  const input: Record<string, unknown> = Object.fromEntries(new URLSearchParams(body));
  const operation = input.Action;
  return typeof operation === "string" ? { operation, input } : undefined;
}
