import { describe, expect, test } from "vitest";
import { alerts, gate, sources, templates } from "../gate.ts";

type Written = { features?: string; types?: string; services?: string };

const organization = ({ features, types, services }: Written) => `
resource "aws_organizations_organization" "ours" {
  ${features === undefined ? "" : `feature_set = "${features}"`}
  ${types === undefined ? "" : `enabled_policy_types = ${types}`}
  ${services === undefined ? "" : `aws_service_access_principals = ${services}`}
}
variable "more" { type = list(string) }
variable "service" { type = string }
`;

const TYPES = '["SERVICE_CONTROL_POLICY", "TAG_POLICY"]';
const SERVICES = '["cloudtrail.amazonaws.com", "config.amazonaws.com"]';
const ALL = { features: "ALL", types: TYPES, services: SERVICES };
const ACCESS = (service: string) =>
  `resource "aws_organizations_aws_service_access" "one" { service_principal = "${service}" }\n`;

const told = async (before: string, after: string) =>
  alerts((await gate(sources({ org: [before, after] }))).findings);

const ID = "org#aws_organizations_organization.ours";
const lost = (what: string, id = ID) => [
  `fail change-keeps-log-protection ${id}: The change takes away what trails need: ${what}`,
];
const FEATURES = "all features of the organization: was on,";
const POLICIES = "service control policies of the organization: was on,";
const TRUST = "CloudTrail's access to the organization: was on,";
const OPEN = [
  `unknown change-keeps-log-protection ${ID}: aws_organizations_organization.ours: what held before can no longer be proven`,
];

describe("an organization whose resource changes", () => {
  test.each<[string, Written, Written, string[]]>([
    ["turns policies off", ALL, { ...ALL, types: '["TAG_POLICY"]' }, lost(`${POLICIES} is off`)],
    [
      "has no policies any more",
      ALL,
      { features: "ALL", services: SERVICES },
      lost(`${POLICIES} is off`),
    ],
    [
      "shuts CloudTrail out",
      ALL,
      { ...ALL, services: '["config.amazonaws.com"]' },
      lost(`${TRUST} is off`),
    ],
    [
      "gives up all features",
      { services: SERVICES },
      { features: "CONSOLIDATED_BILLING", services: SERVICES },
      lost(`${FEATURES} is off`),
    ],
    ["may have turned policies off", ALL, { ...ALL, types: "var.more" }, OPEN],
    [
      "may let CloudTrail in by another expression",
      ALL,
      { ...ALL, services: '["${var.service}.amazonaws.com"]' },
      OPEN,
    ],
    ["may have shut CloudTrail out", ALL, { ...ALL, services: "[var.service]" }, OPEN],
    [
      "says elsewhere as before",
      { ...ALL, types: "var.more", services: "var.more" },
      { ...ALL, types: "var.more", services: "var.more" },
      [],
    ],
    ["writes out what is so anyway", { types: TYPES, services: SERVICES }, ALL, []],
    ["has more", ALL, { ...ALL, services: SERVICES.replace("]", ', "sso.amazonaws.com"]') }, []],
    [
      "lets go of others",
      ALL,
      {
        features: "ALL",
        types: '["SERVICE_CONTROL_POLICY"]',
        services: '["cloudtrail.amazonaws.com"]',
      },
      [],
    ],
  ])("%s", async (_, before, after, wanted) => {
    expect(await told(organization(before), organization(after))).toEqual(wanted);
  });
});

test("an organization that goes takes everything along, and one that is forgotten nothing", async () => {
  const gone = "is deleted";
  expect(await told(organization(ALL), "")).toEqual(
    lost(`${FEATURES} ${gone}, ${POLICIES} ${gone}, ${TRUST} ${gone}`),
  );
  const forgotten =
    "removed {\n  from = aws_organizations_organization.ours\n  lifecycle { destroy = false }\n}\n";
  expect(await told(organization(ALL), forgotten)).toEqual([]);
});

describe("CloudTrail's access to the accounts in a resource of its own", () => {
  const without = organization({ ...ALL, services: "[]" });
  const own = ACCESS("cloudtrail.amazonaws.com");

  test("is missed where it goes", async () => {
    const id = "org#aws_organizations_aws_service_access.one";
    const wanted = lost(`${TRUST} is deleted`, id);
    expect(await told(`${without}${own}`, without)).toEqual(wanted);
    expect(await told(`${without}${ACCESS("config.amazonaws.com")}`, without)).toEqual([]);
  });

  test("takes the place of the organization's list, and the other way round", async () => {
    expect(await told(organization(ALL), `${without}${own}`)).toEqual([]);
    expect(await told(`${without}${own}`, organization(ALL))).toEqual([]);
    const others = `${without}${ACCESS("config.amazonaws.com")}`;
    expect(await told(organization(ALL), others)).toEqual(lost(`${TRUST} is off`));
  });
});

test("a template's organization can only give up all features", async () => {
  const template = (features: string) =>
    `Resources:\n  Ours:\n    Type: AWS::Organizations::Organization\n    Properties: { FeatureSet: ${features} }\n`;
  const { findings } = await gate(
    templates({ org: [template("ALL"), template("CONSOLIDATED_BILLING")] }),
  );
  expect(alerts(findings)).toEqual(lost(`${FEATURES} is off`, "org#Ours"));
});
