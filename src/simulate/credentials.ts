/** Who calls, as the access key id and the session token say. */
export type Caller = {
  accountId: string;
  /** `user`: long-lived keys; else the kind of STS endpoint that issued the session. */
  issuedBy: "user" | "regional" | "global";
  /** The role's name without its path, and the session's; null for long-lived keys. */
  role: { name: string; session: string } | null;
  /** Unix milliseconds by the wall clock, for that is what clients renew by. */
  expires: number | null;
  /** Distinguishes sessions of one server; null for long-lived keys. */
  serial: number | null;
};

export type SimulatedCredentials = {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
};

const USER_KEY = /^AKIASIM(\d{12})$/;
const SESSION_KEY = /^ASIASIM(\d{12})[0-9A-Z]*$/;
const MAXIMUM_TOKEN = 4096;

/**
 * Credentials that the simulated AWS accepts for an account: a user's keys, or with `issuedBy` a
 * session as that kind of STS endpoint issues it.
 */
export function entryCredentials(
  accountId: string,
  options: { issuedBy?: "regional" | "global"; role?: string; expires?: Date } = {},
): SimulatedCredentials {
  const { issuedBy, role = "entry", expires } = options;
  const secretAccessKey = "simulated-secret";
  if (issuedBy === undefined) return { accessKeyId: `AKIASIM${accountId}`, secretAccessKey };
  return sessionCredentials({
    accountId,
    issuedBy,
    role: { name: role, session: "entry" },
    expires: expires?.getTime() ?? null,
    serial: 0,
  });
}

/** The keys of a session: all that the server has to know of it is in the token. */
export function sessionCredentials(caller: Caller): Required<SimulatedCredentials> {
  const { accountId, issuedBy, role, expires, serial } = caller;
  const state = [issuedBy, role?.name, role?.session, expires, serial];
  return {
    accessKeyId: `ASIASIM${accountId}${(serial ?? 0).toString(36).toUpperCase()}`,
    secretAccessKey: "simulated-secret",
    sessionToken: Buffer.from(JSON.stringify(state)).toString("base64url"),
  };
}

/** Who calls with these credentials; undefined where they are none that the server issued. */
export function callerOf(accessKeyId: string, token: string | undefined): Caller | undefined {
  const accountId = USER_KEY.exec(accessKeyId)?.[1];
  if (accountId !== undefined) {
    return { accountId, issuedBy: "user", role: null, expires: null, serial: null };
  }
  const sessionAccount = SESSION_KEY.exec(accessKeyId)?.[1];
  if (sessionAccount === undefined || token === undefined || token.length > MAXIMUM_TOKEN) {
    return undefined;
  }
  return session(sessionAccount, token);
}

function session(accountId: string, token: string): Caller | undefined {
  const state = parsed(Buffer.from(token, "base64url").toString());
  if (!Array.isArray(state)) return undefined;
  const [issuedBy, name, session, expires, serial] = state.map((each: unknown) => each);
  if (issuedBy !== "regional" && issuedBy !== "global") return undefined;
  return {
    accountId,
    issuedBy,
    role: { name: String(name), session: String(session) },
    expires: typeof expires === "number" ? expires : null,
    serial: typeof serial === "number" ? serial : null,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The ARN that GetCallerIdentity answers. */
export function callerArn({ accountId, role }: Caller, partition: string): string {
  if (role === null) return `arn:${partition}:iam::${accountId}:user/auditor`;
  return `arn:${partition}:sts::${accountId}:assumed-role/${role.name}/${role.session}`;
}
