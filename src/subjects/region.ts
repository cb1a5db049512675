import type { AccountRecord } from "../snapshot/account-record.ts";
import { isUnknown, unknownMore } from "../snapshot/unknown.ts";
import type { Coverage } from "./coverage.ts";
import type { Join } from "./join.ts";
import { regionRepairs } from "./repair-region.ts";
import { type Origin, requestIds } from "./request-id.ts";
import type { Subject } from "./schema/kinds.ts";
import type { Region } from "./schema/region.ts";
import type { SeenAccount, SeenRegion } from "./sightings.ts";

/** One enabled region of one account, with what is recorded there. */
export function regionSubject(
  join: Join,
  seen: SeenAccount,
  { region, coverage }: { region: SeenRegion; coverage: (region: SeenRegion) => Coverage },
): Subject {
  const account = seen.record;
  const { name, optStatus } = region.record;
  const trails = region.sightings.map(({ trail, isLogging, isDelivering }) => ({
    arn: trail.record.arn,
    name: trail.record.name,
    isLogging,
    isDelivering,
  }));
  const fields: Region = {
    id: `${account.id}/${name}`,
    name,
    arn: null,
    ...seen.belonging,
    region: name,
    placeholder: false,
    optStatus,
    trails: region.open === null ? trails : [...trails, unknownMore(region.open)],
    coverage: coverage(region),
    channels: region.record.channels.map((channel) =>
      isUnknown(channel) ? channel : { arn: channel.arn, name: channel.name },
    ),
  };
  return {
    kind: "region",
    fields,
    repairs: () => regionRepairs({ join, account: seen, region, fields, coverage }),
    requestId: (pointer) => requestIds(origins(account, region))(pointer),
  };
}

function origins(account: AccountRecord, region: SeenRegion): Origin[] {
  const here = `/regions/${region.index}`;
  return [
    { at: "", record: account, pointer: here },
    { at: "/coverage", record: account, pointer: `${here}/trails` },
    { at: "/channels", record: account, pointer: `${here}/channels` },
    ...region.sightings.flatMap(({ index }, place) =>
      ["isLogging", "isDelivering"].map((fact) => ({
        at: `/trails/${place}/${fact}`,
        record: account,
        pointer: `${here}/trails/${index}/status`,
      })),
    ),
  ];
}
