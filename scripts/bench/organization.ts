import { measured, ours, type Section } from "./bench.ts";
import { megabytes } from "./line.ts";
import { simulated } from "./simulated.ts";

const LATENCY_MS = 40;
/** Calls that the collector has under way at most. */
const IN_FLIGHT = 256;
/** Accounts on a page of ListAccounts, pages a second, and how many AWS gives at once. */
const PAGE = { accounts: 20, perSecond: 8, burst: 12 };

/** An organization at AWS's rates and over a network, in full. */
export const organization: Section = async ({ folder, large, say, note }) => {
  for (const accounts of large ? [1000, 10_000] : [1000]) {
    const aws = await simulated({ accounts, latencyMs: LATENCY_MS, throttles: "aws" });
    const out = `${folder}/organization-${accounts}`;
    const argv = ["scan", "--organization", "--out", out, "--quiet"];
    const usage = await measured(ours(folder, argv, aws.env));
    const calls = await aws.calls();
    aws.stop();
    const listing = Math.max(0, accounts / PAGE.accounts - PAGE.burst) / PAGE.perSecond;
    const bound = listing + Math.max((calls * LATENCY_MS) / 1000 / IN_FLIGHT, usage.cpuMs / 1000);
    const seconds = usage.wallMs / 1000;
    const what = `${accounts} accounts x 17 regions`;
    say({ what: `${what}, calls`, value: calls, unit: "calls" });
    say({ what: `${what}, CPU`, value: usage.cpuMs / calls, unit: "ms a call" });
    say({
      what: `${what}, wall`,
      value: seconds,
      unit: "s",
      limit: bound * 1.5,
      ratio: `${(seconds / bound).toFixed(2)} times the bound`,
    });
    say({ what: `${what}, memory`, value: megabytes(usage.peakBytes), unit: "MB", limit: 300 });
  }
  note(
    `The bound: pages of ListAccounts at AWS's rate, then the longer of ${LATENCY_MS} ms a call,`,
  );
  note(`${IN_FLIGHT} at a time, and the CPU that the run took, on one core.`);
};
