import { Type } from "typebox";

/** Where a record comes from that a plan or template gave, and not AWS. */
export const PlannedSchema = Type.Object(
  {
    stack: Type.String({ description: "The plan or template, by the name of its stack." }),
    address: Type.String({ description: "What the resource is called there." }),
  },
  {
    additionalProperties: false,
    description:
      "A plan or template describes this resource. What of its ARN, name, account and region is not known has a stand-in, between U+E004 and U+E005.",
  },
);
