import { Type } from "typebox";
import { closed, flag, texts } from "./fields.ts";

/** Which events other than management events the trails of a region record together. */
export const dataCoverage = {
  data: Type.Object(
    {
      s3Reads: flag(
        "Whether reads of objects are recorded, in every bucket but those that keep the logs.",
      ),
      s3Writes: flag(
        "Whether writes of objects are recorded, in every bucket but those that keep the logs.",
      ),
      lambdaInvocations: flag("Whether every function's invocations are recorded."),
      dynamodbReads: flag("Whether reads of items are recorded, in every table."),
      dynamodbWrites: flag("Whether writes of items are recorded, in every table."),
      bedrockInvocations: flag(
        "Whether calls of Bedrock agents, knowledge bases, flows, guardrails and of models that AWS counts as data events are recorded.",
      ),
      missingResourceTypes: texts(
        "Of the parameter dataEventResourceTypes, those whose reads and writes are not all recorded.",
      ),
    },
    { ...closed, description: "Data events." },
  ),
  network: Type.Object(
    {
      denied: flag(
        "Whether calls that VPC endpoint policies refuse are recorded, for every source in the parameter networkActivityEventSources.",
      ),
      missingEventSources: texts(
        "Of the parameter networkActivityEventSources, those whose refused calls are not recorded.",
      ),
    },
    { ...closed, description: "Network activity events of VPC endpoints." },
  ),
};

/** Data and network activity events that are all recorded. */
export const compliantDataCoverage = {
  data: {
    s3Reads: true,
    s3Writes: true,
    lambdaInvocations: true,
    dynamodbReads: true,
    dynamodbWrites: true,
    bedrockInvocations: true,
    missingResourceTypes: [],
  },
  network: { denied: true, missingEventSources: [] },
};
