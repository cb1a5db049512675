/** Whose a key or bucket is, from the trail's point of view, most trusted first. */
export const OWNERS = [
  "trail-account",
  "named-account",
  "organization-account",
  "other-account",
] as const;
export type Owner = (typeof OWNERS)[number];
