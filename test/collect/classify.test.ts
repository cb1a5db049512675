import { expect, test } from "vitest";
import { classify, markerOf } from "../../src/collect/classify.ts";

const aws = (name: string, status = 400, message = "said so") =>
  Object.assign(new Error(message), {
    name,
    $fault: "client",
    $metadata: { httpStatusCode: status },
  });

test.for([
  [aws("ThrottlingException"), "throttled"],
  [aws("TooManyRequestsException"), "throttled"],
  [aws("SlowDown", 503), "throttled"],
  [aws("AccessDenied", 403), "denied"],
  [aws("AccessDeniedException"), "denied"],
  [aws("UnauthorizedOperation", 403), "denied"],
  [aws("AuthorizationError", 403), "denied"],
  [aws("Unknown", 403), "denied"],
  [aws("MethodNotAllowed", 405), "denied"],
  [aws("ExpiredToken", 403), "expired"],
  [aws("UnrecognizedClientException"), "bad-token"],
  [aws("InternalFailure", 500), "server"],
  [aws("TrailNotFoundException"), "other"],
  [Object.assign(new Error("reset"), { code: "ECONNRESET" }), "dropped"],
  [Object.assign(new Error("late"), { name: "TimeoutError" }), "timeout"],
  [Object.assign(new Error("aborted"), { name: "AbortError" }), "timeout"],
  [Object.assign(new SyntaxError("not JSON"), { $response: {} }), "broken"],
] as const)("%s is %s", ([error, kind]) => {
  expect(classify(error)?.kind).toBe(kind);
});

test("an error that is neither AWS's nor the network's is a bug, not a fact", () => {
  expect(classify(new TypeError("undefined is not a function"))).toBeNull();
  expect(classify("a text")).toBeNull();
});

const marker = (error: Error, enabled = true) => {
  const trouble = classify(error);
  if (trouble === null) throw new Error("not classified");
  return markerOf("cloudtrail:DescribeTrails", trouble, enabled).$unknown;
};

test("a denial by a service control policy is told from one by the role's own policies", () => {
  const scp = "with an explicit deny in a service control policy";
  expect(marker(aws("AccessDeniedException", 400, scp)).reason).toBe("denied-by-scp");
  expect(marker(aws("AccessDeniedException")).reason).toBe("access-denied");
});

test("a refused token says that the region is disabled only where it is not known to be enabled", () => {
  expect(marker(aws("UnrecognizedClientException"), false).reason).toBe("region-disabled");
  const enabled = marker(aws("UnrecognizedClientException"), true);
  expect(enabled.reason).toBe("access-denied");
  expect(enabled.detail).toContain("AWS_STS_REGIONAL_ENDPOINTS");
});

test("a foreign trail's refusal is never the absence of a trail", () => {
  for (const code of ["TrailNotFoundException", "CloudTrailARNInvalidException"]) {
    expect(marker(aws(code))).toMatchObject({ reason: "unsupported", detail: `${code}: said so` });
  }
});

test("what AWS says is kept in one line of bounded length", () => {
  const { detail = "" } = marker(aws("AccessDenied", 403, `a\n  b${"c".repeat(1000)}`));
  expect(detail.startsWith("AccessDenied: a bccc")).toBe(true);
  expect(detail).toHaveLength(300);
});
