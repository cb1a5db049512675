/** What a scan is asked to look at. */
export type ScanRequest = {
  /** `organization`: every account of it; `accounts`: the listed ones, or the caller's own. */
  scope: "organization" | "accounts";
  /** Account ids to audit; null: all of the scope. */
  accounts: string[] | null;
  /** Organizational units by id (`ou-…`, `r-…`) or path (`Root/Workloads`); null: all. */
  ous: string[] | null;
  excludeAccounts: string[];
  /** Regions to audit; null: every enabled one. */
  regions: string[] | null;
  /** Name (with path) of the role to assume in each account but the caller's own. */
  role: string;
  externalId: string | null;
  /** ARN, or name in the management account, of the role that may list the organization. */
  organizationRole: string | null;
  /** Accounts that the operator named as trusted: where shared buckets are looked for first. */
  named: readonly string[];
  /** Whether the accounts' own IAM policies are read: one long list in each account. */
  identityPolicies: boolean;
  /** How many days ago the log files are that a bucket is asked for. */
  historyDays: number;
  /** After this many seconds nothing more is asked; what is missing is unknown. */
  deadlineSeconds: number;
  header: {
    tool: string;
    digests: { policies: string | null; config: string | null };
    arguments: Record<string, unknown>;
  };
  /** Account ids and resource ARNs that the snapshot to be continued already holds. */
  already: ReadonlySet<string>;
};

/** Credentials for signing, as any AWS tool has them. */
export type Credentials = {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  expiration?: Date;
};

/** How AWS is reached. What is left out comes from where any AWS tool takes it. */
export type Connection = {
  /** One address for every service; left out: AWS's own, or AWS_ENDPOINT_URL. */
  endpoint?: string;
  /** Where the run starts; left out: AWS_REGION or the profile's. */
  region?: string;
  /** The entry credentials; left out: environment, profile, SSO, web identity, instance. */
  credentials?: (options?: { forceRefresh?: boolean }) => Promise<Credentials>;
  /** How long one request may take. */
  requestTimeoutMs: number;
  /** First pause before a call is made again; it doubles with each try. Default 200. */
  retryPauseMs?: number;
  /** Requests in flight at most; default 256. */
  maxInFlight?: number;
};

/** How far a scan is. */
export type ProgressEvent = {
  accountsExpected: number;
  accountsDone: number;
  /** Requests sent so far, those made again included. */
  calls: number;
  /** How often AWS answered that it was asked too fast. */
  throttles: number;
};
