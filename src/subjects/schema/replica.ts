import { type Static, Type } from "typebox";
import { fact, orNull } from "../../snapshot/unknown-schema.ts";
import { closed, flag, identity, text, textOrNull } from "./fields.ts";

const number = (description: string) => fact(orNull(Type.Number()), { description });

export const ReplicaSchema = Type.Object(
  {
    ...identity,
    trailArn: text("The trail that this is a view of."),
    trailAccountId: text("The account that owns the trail."),
    homeRegion: text("The trail's home region."),
    isOrganizationTrail: flag("Whether the trail is an organization trail."),
    isLogging: flag("Whether the trail logs here."),
    startedAt: textOrNull("When logging was last started here, ISO 8601."),
    stoppedAt: textOrNull("When logging was last stopped here, ISO 8601."),
    s3: Type.Object(
      {
        latestTime: textOrNull("The last delivery to S3, ISO 8601."),
        latestError: textOrNull("The error of the last delivery to S3; null: none."),
        lagHours: number(
          "Hours by which CloudWatch Logs got something newer than S3; 0 where it did not.",
        ),
      },
      { ...closed, description: "Delivery of log files." },
    ),
    digest: Type.Object(
      {
        expected: flag("Whether log file validation is on, so that a digest is due every hour."),
        latestTime: textOrNull("The last digest delivered, ISO 8601."),
        latestError: textOrNull("The error of the last digest delivery; null: none."),
        ageHours: number("Hours since the last digest when it was asked; null: never delivered."),
      },
      { ...closed, description: "Delivery of signed digest files." },
    ),
    cloudWatchLogs: Type.Object(
      {
        configured: flag("Whether the trail delivers to a log group."),
        latestTime: textOrNull("The last delivery to CloudWatch Logs, ISO 8601."),
        latestError: textOrNull("The error of the last delivery to CloudWatch Logs; null: none."),
        lagHours: number(
          "Hours by which S3 got something newer than CloudWatch Logs; 0 where it did not.",
        ),
      },
      { ...closed, description: "Delivery to CloudWatch Logs." },
    ),
    notification: Type.Object(
      {
        configured: flag("Whether the trail notifies an SNS topic."),
        latestTime: textOrNull("The last notification, ISO 8601."),
        latestError: textOrNull("The error of the last notification; null: none."),
      },
      { ...closed, description: "Notification through SNS." },
    ),
  },
  closed,
);
export type Replica = Static<typeof ReplicaSchema>;

export const compliantReplica: Replica = {
  id: "arn:aws:cloudtrail:us-east-1:111111111111:trail/organization@222222222222/eu-west-1",
  name: "organization",
  arn: "arn:aws:cloudtrail:us-east-1:111111111111:trail/organization",
  accountId: "222222222222",
  accountName: "workload",
  ouPath: "Root/Workloads",
  region: "eu-west-1",
  placeholder: false,
  trailArn: "arn:aws:cloudtrail:us-east-1:111111111111:trail/organization",
  trailAccountId: "111111111111",
  homeRegion: "us-east-1",
  isOrganizationTrail: true,
  isLogging: true,
  startedAt: "2026-01-01T00:00:00.000Z",
  stoppedAt: null,
  s3: { latestTime: "2026-11-20T11:58:00.000Z", latestError: null, lagHours: 0 },
  digest: {
    expected: true,
    latestTime: "2026-11-20T11:30:00.000Z",
    latestError: null,
    ageHours: 0.5,
  },
  cloudWatchLogs: {
    configured: true,
    latestTime: "2026-11-20T11:58:00.000Z",
    latestError: null,
    lagHours: 0,
  },
  notification: {
    configured: true,
    latestTime: "2026-11-20T11:58:00.000Z",
    latestError: null,
  },
};
