import { STSClient } from "@aws-sdk/client-sts";
import { fromNodeProviderChain } from "@aws-sdk/credential-providers";
import { AuditError } from "../errors.ts";
import { parseArn } from "./arn.ts";
import type { Ask, Caller } from "./call.ts";
import type { Connection, Credentials } from "./request.ts";

/** Who started the run, and when AWS first answered. */
export type Entry = { caller: Caller; arn: string; partition: string; startedAt: string };

const CURE =
  "Give credentials as to any AWS tool (environment, profile, SSO, web identity) and set AWS_REGION; `aws sts get-caller-identity` must work.";

/** The region the run starts in: the connection's, else AWS_REGION's or the profile's, else us-east-1. */
export async function startRegion(connection: Connection): Promise<string> {
  if (connection.region !== undefined) return connection.region;
  const client = new STSClient({});
  try {
    return await client.config.region();
  } catch (error) {
    if (error instanceof Error && /region is missing/i.test(error.message)) return "us-east-1";
    throw error;
  } finally {
    client.destroy();
  }
}

/** Finds out whose credentials the run has. Throws `no-credentials` where it has none that AWS takes. */
export async function enter(ask: Ask, connection: Connection, region: string): Promise<Entry> {
  const credentials = await entryCredentials(connection, region);
  const nobody: Caller = { accountId: "", principal: null, ...credentials };
  const answer = await ask("sts:GetCallerIdentity", { caller: nobody, region, enabled: false }, {});
  if (!answer.ok) {
    const { detail = answer.code } = answer.unknown.$unknown;
    throw new AuditError("no-credentials", `AWS does not take the credentials: ${detail}`, CURE);
  }
  const { Account: accountId, Arn: arn } = answer.value;
  const partition = parseArn(arn ?? "")?.partition;
  if (accountId === undefined || arn === undefined || partition === undefined) {
    throw new AuditError("no-credentials", "AWS did not say whose the credentials are", CURE);
  }
  const { time } = answer.evidence.observation;
  if (time === null)
    throw new AuditError("no-credentials", "AWS did not say what time it is", CURE);
  return { caller: { ...nobody, accountId, principal: arn }, arn, partition, startedAt: time };
}

async function entryCredentials(
  connection: Connection,
  region: string,
): Promise<Pick<Caller, "credentials" | "renew">> {
  const chain = fromNodeProviderChain({ clientConfig: { region } });
  const provide: NonNullable<Connection["credentials"]> = connection.credentials ?? chain;
  let last = await firstCredentials(provide);
  const fetch = async (options?: { forceRefresh: boolean }): Promise<string | null> => {
    try {
      last = await provide(options);
      return null;
    } catch (error) {
      // The last ones may still be good; if not, AWS says so at the next call.
      return error instanceof Error ? error.message : String(error);
    }
  };
  return {
    async credentials() {
      await fetch();
      return last;
    },
    async renew(used) {
      if (used.accessKeyId !== last.accessKeyId) return null;
      const refusal = await fetch({ forceRefresh: true });
      if (refusal !== null) return refusal;
      return used.accessKeyId === last.accessKeyId
        ? "the entry credentials are still the same"
        : null;
    },
  };
}

async function firstCredentials(provide: () => Promise<Credentials>): Promise<Credentials> {
  try {
    return await provide();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new AuditError("no-credentials", `There are no AWS credentials: ${why}`, CURE, {
      cause: error,
    });
  }
}
