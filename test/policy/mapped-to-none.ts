const CHANGES = Object.fromEntries(
  ["change-keeps-log-protection", "change-keeps-trail", "change-keeps-trail-recording"].map(
    (id) => [
      id,
      "What a change would take away is no state of an environment: the policies about what is there show that.",
    ],
  ),
);

/**
 * Policies that support no citation of a framework, each with why. Reviewed: a policy is here or has
 * a mapping, and a new one that has neither fails a test.
 */
export const MAPPED_TO_NONE: Record<string, Record<string, string>> = {
  "pci-dss-4.0.1": {
    ...CHANGES,
    "account-global-service-events-not-duplicated":
      "The standard asks that events are recorded; that one is recorded twice takes nothing from it.",
    "trail-tagged": "The standard asks for an inventory of systems, not for tags on a trail.",
  },
  "hipaa-security-rule": {
    ...CHANGES,
    "account-global-service-events-not-duplicated":
      "The rule asks to record activity; that an event is recorded twice takes nothing from it.",
    "trail-tagged": "The rule asks nothing about names or owners of logs.",
  },
};
