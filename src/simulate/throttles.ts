/** Calls a second, and how many may come at once before that rate holds. */
type Rate = { rate: number; burst: number };

const rate = (perSecond: number, burst = perSecond): Rate => ({ rate: perSecond, burst });

/** What AWS publishes, per account and region; of Organizations, per account. */
const RATES: Record<string, Rate> = {
  "cloudtrail:*": rate(10),
  "organizations:ListAccounts": rate(8, 12),
  "organizations:DescribeOrganization": rate(1, 2),
  "organizations:ListRoots": rate(1, 2),
  "organizations:ListParents": rate(5, 8),
  "organizations:ListAccountsForParent": rate(5, 8),
  "organizations:ListOrganizationalUnitsForParent": rate(5, 8),
  "organizations:DescribeOrganizationalUnit": rate(5, 8),
  "organizations:ListAWSServiceAccessForOrganization": rate(1, 3),
  "organizations:ListDelegatedAdministrators": rate(5, 8),
  "organizations:DescribePolicy": rate(2),
  "organizations:ListPolicies": rate(5, 8),
  "organizations:ListPoliciesForTarget": rate(5, 8),
  "organizations:ListTargetsForPolicy": rate(5, 8),
  "logs:DescribeLogGroups": rate(10),
  "logs:DescribeMetricFilters": rate(5),
  "cloudwatch:DescribeAlarms": rate(9),
  "sns:*": rate(30),
};

const FORGET_ABOVE = 20_000;

type Bucket = { tokens: number; at: number; rate: Rate };

/**
 * Token buckets at AWS's published rates. The answer says whether a call is let through at a time
 * in milliseconds; full buckets are forgotten, so memory follows the calls in flight.
 */
export function throttler(): (call: ThrottledCall, now: number) => boolean {
  const buckets = new Map<string, Bucket>();
  return ({ service, operation, account, region }, now) => {
    const limit = RATES[`${service}:${operation}`] ?? RATES[`${service}:*`];
    if (limit === undefined) return true;
    const key = `${account} ${service === "organizations" ? "" : region} ${operation}`;
    if (buckets.size > FORGET_ABOVE) forgetFull(buckets, now);
    const bucket = buckets.get(key) ?? { tokens: limit.burst, at: now, rate: limit };
    bucket.tokens = filled(bucket, now);
    bucket.at = now;
    buckets.set(key, bucket);
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  };
}

export type ThrottledCall = {
  service: string;
  operation: string;
  account: string;
  region: string;
};

const filled = ({ tokens, at, rate }: Bucket, now: number): number =>
  Math.min(rate.burst, tokens + ((now - at) / 1000) * rate.rate);

function forgetFull(buckets: Map<string, Bucket>, now: number): void {
  for (const [key, bucket] of buckets) {
    if (filled(bucket, now) >= bucket.rate.burst) buckets.delete(key);
  }
}
