import { account } from "./account.ts";
import { cloudtrail } from "./cloudtrail.ts";
import { ec2 } from "./ec2.ts";
import { organizations } from "./organizations.ts";
import type { Service } from "./service.ts";
import { stsService } from "./sts.ts";

/** Every service by name; `serial` numbers the sessions that STS issues. */
export function services(serial: () => number): ReadonlyMap<string, Service> {
  const all = [stsService(serial), organizations, account, ec2, cloudtrail];
  return new Map(all.map((service) => [service.name, service]));
}
