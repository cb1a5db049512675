import { Type } from "typebox";

/** One call that was made, and what came back: what an auditor can look up in CloudTrail itself. */
export const ObservationSchema = Type.Object(
  {
    operation: Type.String({
      description: "Service and API operation, as in cloudtrail:GetTrailStatus.",
    }),
    accountId: Type.String({ description: "The account whose credentials made the call." }),
    region: Type.String({ description: "The region of the endpoint that answered." }),
    time: Type.Union([Type.String(), Type.Null()], {
      description: "The answer's Date header, ISO 8601; null where nothing answered.",
    }),
    requestId: Type.Union([Type.String(), Type.Null()], {
      description: "The request id AWS gave; CloudTrail records the call under it.",
    }),
    principal: Type.Union([Type.String(), Type.Null()], {
      description: "The ARN of the identity that called, where it is known.",
    }),
    outcome: Type.String({ description: "`ok`, or the error code." }),
    answer: Type.Optional(
      Type.Unknown({ description: "The answer as AWS gave it, bounded, its `$` keys escaped." }),
    ),
    sameAnswerAs: Type.Optional(
      Type.Integer({
        minimum: 0,
        description: "Index of an earlier observation of this record with the same answer.",
      }),
    ),
  },
  { additionalProperties: false },
);

/** What every record keeps of where its facts come from. */
export const provenance = {
  observations: Type.Array(ObservationSchema),
  sources: Type.Record(Type.String(), Type.Integer({ minimum: 0 }), {
    description:
      "JSON pointer of a fact in this record, to the index of its observation. The longest prefix holds.",
  }),
};
