import { type Static, Type } from "typebox";
import { fact, orNull } from "../../snapshot/unknown-schema.ts";
import { compliantDataCoverage, dataCoverage } from "./data-coverage.ts";
import { closed, flag, identity, managementCoverage } from "./fields.ts";

export const RegionSchema = Type.Object(
  {
    ...identity,
    optStatus: fact(Type.Enum(["ENABLED_BY_DEFAULT", "ENABLED", "ENABLING", "DISABLING"]), {
      description: "Whether the region is on by default, opted in to, or changing.",
    }),
    trails: Type.Array(
      fact(
        Type.Object(
          {
            arn: Type.String(),
            name: Type.String(),
            isLogging: flag("Whether it logs here."),
            isDelivering: flag("Whether it delivers to S3 here without an error."),
          },
          closed,
        ),
      ),
      { description: "The trails seen here, with what their status says here." },
    ),
    coverage: Type.Object(
      {
        ...managementCoverage,
        globalServiceEvents: fact(orNull(Type.Boolean()), {
          description:
            "Whether IAM, STS and CloudFront events are recorded; null except in the region that carries them.",
        }),
        ...dataCoverage,
      },
      { ...closed, description: "Over the union of the trails that log and deliver here." },
    ),
    channels: Type.Array(fact(Type.Object({ arn: Type.String(), name: Type.String() }, closed)), {
      description: "CloudTrail channels here, service-linked ones included.",
    }),
  },
  closed,
);
export type Region = Static<typeof RegionSchema>;

export const compliantRegion: Region = {
  id: "222222222222/us-east-1",
  name: "us-east-1",
  arn: null,
  accountId: "222222222222",
  accountName: "workload",
  ouPath: "Root/Workloads",
  region: "us-east-1",
  placeholder: false,
  optStatus: "ENABLED_BY_DEFAULT",
  trails: [
    {
      arn: "arn:aws:cloudtrail:us-east-1:111111111111:trail/organization",
      name: "organization",
      isLogging: true,
      isDelivering: true,
    },
  ],
  coverage: {
    managementReads: true,
    managementWrites: true,
    excludedEventSources: [],
    globalServiceEvents: true,
    ...compliantDataCoverage,
  },
  channels: [],
};
