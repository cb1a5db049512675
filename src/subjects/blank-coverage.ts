import { type Unknown, unknownMore } from "../snapshot/unknown.ts";
import type { Region } from "./schema/region.ts";

/** Data and network activity events, with the marker in the place of every fact. */
export function blankDataCoverage(marker: Unknown): Pick<Region["coverage"], "data" | "network"> {
  return {
    data: {
      s3Reads: marker,
      s3Writes: marker,
      lambdaInvocations: marker,
      dynamodbReads: marker,
      dynamodbWrites: marker,
      bedrockInvocations: marker,
      missingResourceTypes: [unknownMore(marker)],
    },
    network: { denied: marker, missingEventSources: [unknownMore(marker)] },
  };
}
