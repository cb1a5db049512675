import { account } from "./account.ts";
import { cloudtrail } from "./cloudtrail.ts";
import { cloudwatch } from "./cloudwatch.ts";
import { ec2 } from "./ec2.ts";
import { events } from "./events.ts";
import { iam } from "./iam.ts";
import { kms } from "./kms.ts";
import { logs } from "./logs.ts";
import { organizations } from "./organizations.ts";
import { s3 } from "./s3.ts";
import { s3control } from "./s3-control.ts";
import type { Service } from "./service.ts";
import { sns } from "./sns.ts";
import { stsService } from "./sts.ts";

/** Every service by name; `serial` numbers the sessions that STS issues. */
export function services(serial: () => number): ReadonlyMap<string, Service> {
  const all = [
    stsService(serial),
    organizations,
    account,
    ec2,
    cloudtrail,
    kms,
    s3,
    s3control,
    logs,
    cloudwatch,
    sns,
    events,
    iam,
  ];
  return new Map(all.map((service) => [service.name, service]));
}
