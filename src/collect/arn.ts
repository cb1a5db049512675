/** The parts of an ARN, none of them interpreted. */
export type Arn = {
  partition: string;
  service: string;
  region: string;
  accountId: string;
  resource: string;
};

/** Takes an ARN apart; null where the text is none. */
export function parseArn(text: string): Arn | null {
  const parts = /^arn:([^:]+):([^:]+):([^:]*):([^:]*):(.+)$/s.exec(text);
  if (parts === null) return null;
  const [, partition = "", service = "", region = "", accountId = "", resource = ""] = parts;
  return { partition, service, region, accountId, resource };
}

// Organizations and Account Management have one endpoint a partition.
const LEADERS: Record<string, string> = {
  aws: "us-east-1",
  "aws-cn": "cn-northwest-1",
  "aws-us-gov": "us-gov-west-1",
  "aws-eusc": "eusc-de-east-1",
  "aws-iso": "us-iso-east-1",
  "aws-iso-b": "us-isob-east-1",
};

/** The region where a partition's global services answer; for a partition not known here, the given one. */
export function leaderRegion(partition: string, otherwise: string): string {
  return Object.hasOwn(LEADERS, partition) ? (LEADERS[partition] ?? otherwise) : otherwise;
}

/** Whether a text can be a region's name: it becomes part of a host name. */
export const isRegion = (name: string): boolean =>
  name.length <= 32 && /^[a-z]{2,}(-[a-z]+)+-\d{1,2}$/.test(name);
