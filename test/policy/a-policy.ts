import type { Policy } from "../../src/policy/policy.ts";

/** A well-made policy about trails, with what a test changes. */
export function aPolicy(changes: Partial<Policy> = {}): Policy {
  return {
    id: "a-claim",
    title: "A claim",
    subject: "trail",
    severity: "high",
    severityReason: "It matters.",
    require: { properties: { isMultiRegion: { const: true } } },
    message: "{name} is not",
    why: "Because.",
    fix: { text: "Do it." },
    references: ["https://docs.aws.amazon.com/"],
    examples: {
      pass: [{}],
      fail: [{ isMultiRegion: false }],
      unknown: [{ isMultiRegion: { $unknown: { reason: "throttled" } } }],
    },
    ...changes,
  };
}
