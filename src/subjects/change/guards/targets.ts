import { hasStandIn, withoutMarks } from "../../../snapshot/stand-in.ts";

/** The only root of the organization, by its id or as Terraform spells it. */
export const isRoot = (target: string): boolean =>
  /^r-[0-9a-z]{4,32}$/.test(target) || (hasStandIn(target) && SPELLED.test(withoutMarks(target)));

const SPELLED = /\baws_organizations_organization\.[\w-]+(?:\[\w+\])?\.roots/;

/** A target as people read it. */
export const shownTarget = (target: string): string =>
  withoutMarks(target)
    .replace(/^…/, "")
    .replace(/^[^#]*#/, "")
    .slice(0, 100);
