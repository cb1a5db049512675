import { actionsOf } from "../../collect/calls.ts";
import { DEFAULT_ROLE } from "../../options.ts";

/** The parts that accounts play in a scan. */
export const IAM_PARTS = ["single", "member", "management", "hub"] as const;
export type IamPart = (typeof IAM_PARTS)[number];

export type Statement = { Sid: string; Effect: "Allow"; Action: string[]; Resource: string };
export type PolicyDocument = { Version: "2012-10-17"; Statement: Statement[] };

const READ = "TrailproofRead";

/**
 * The smallest policy for a part. `single`: scanning one account with its own credentials.
 * `member`: the role assumed in each account. `management`: that role in the management account,
 * which also lists the organization. `hub`: where the run starts and assumes the others from.
 */
export function permissions(part: IamPart): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements(part) };
}

function statements(part: IamPart): Statement[] {
  const read = allow(READ, actionsOf("audited"));
  switch (part) {
    case "single":
    case "member":
      return [read];
    case "management":
      return [read, allow("TrailproofOrganization", actionsOf("organization"))];
    case "hub":
      return [
        allow("TrailproofAssume", ["sts:AssumeRole"], `arn:*:iam::*:role/${DEFAULT_ROLE}`),
        allow("TrailproofOrganization", organizationActionsOfEntry()),
        // The account that a run starts in is audited with the run's own credentials.
        read,
      ];
  }
}

/** Only what the entry account itself calls; assuming roles has a statement of its own. */
const organizationActionsOfEntry = (): string[] =>
  actionsOf("entry").filter((action) => action !== "sts:AssumeRole");

const allow = (Sid: string, Action: string[], Resource = "*"): Statement => ({
  Sid,
  Effect: "Allow",
  Action,
  Resource,
});
