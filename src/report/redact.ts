import type { Report } from "./report.ts";

/** Takes account ids and ARNs out of a text. */
export type Redact = (text: string) => string;

/** Who an id is where that may not be said and is not known. */
const SOMEBODY = "account-?";
/** Names that say who an account is, and that nothing else here is called. */
const PLAIN_NAME = /^(?!account-)[\p{L}][\p{L}\p{N} ._-]{0,63}$/u;
const DIGITS = /\d{12,}/g;
/** The end of a request's or key's id, which may be twelve digits by chance. */
const UUID_TAIL = /(?<=[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-)\d{12}(?!\d)/gi;
const ARN = /\barn:aws[\w-]*:([\w-]*):([\w-]*):([^\s:"'`<>]*):([^\s"'`<>()[\]{}\\|]*)/g;
/** The beginning of an id that was cut off with the text around it. */
const CUT_DIGITS = /\d{4,11}(?=…)/g;

/**
 * Redaction for texts about these accounts. Each id becomes its account's name where that names one
 * account alone, else a number of its own; the same id has the same name in every text.
 */
export function redaction(pseudonyms: ReadonlyMap<string, string>): Redact {
  const ids = (text: string) =>
    text
      .replace(UUID_TAIL, (run) => pseudonyms.get(run) ?? "…")
      .replace(DIGITS, (run) => namedIn(run, pseudonyms));
  return (text) =>
    ids(
      text.replace(ARN, (_, service, region, account, resource) =>
        [service, region, account, resource].filter((part) => part !== "").join(":"),
      ),
    ).replace(CUT_DIGITS, "");
}

/** Redaction for one report's texts. */
export const redactionOf = (report: Report): Redact => redaction(pseudonymsOf(report));

/** Redaction for what is said before there is a report. */
export const redactionOfAnything: Redact = redaction(new Map());

/** A run of twelve digits is an id; a longer one may hold one that is known. */
function namedIn(run: string, pseudonyms: ReadonlyMap<string, string>): string {
  if (run.length === 12) return pseudonyms.get(run) ?? SOMEBODY;
  for (let start = 0; start + 12 <= run.length; start += 1) {
    const name = pseudonyms.get(run.slice(start, start + 12));
    if (name !== undefined) {
      return `${run.slice(0, start)}${name}${namedIn(run.slice(start + 12), pseudonyms)}`;
    }
  }
  return run;
}

/** A name for every account id that the report holds, whoever's it is. */
function pseudonymsOf({ audit, gate }: Report): Map<string, string> {
  const names = new Map(audit.accounts.map(({ id, name }) => [id, name]));
  const taken = counts(names.values());
  const pseudonyms = new Map<string, string>();
  let number = 0;
  for (const id of idsIn(JSON.stringify([audit, gate]).replace(UUID_TAIL, ""))) {
    const name = names.get(id) ?? "";
    const speaks = PLAIN_NAME.test(name) && taken.get(name) === 1 && !/\d{4}/.test(name);
    if (!speaks) number += 1;
    pseudonyms.set(id, speaks ? name : `account-${number}`);
  }
  return pseudonyms;
}

const idsIn = (text: string): string[] =>
  [...new Set((text.match(DIGITS) ?? []).filter(({ length }) => length === 12))].sort();

function counts(names: Iterable<string | null>): Map<string | null, number> {
  const seen = new Map<string | null, number>();
  for (const name of names) seen.set(name, (seen.get(name) ?? 0) + 1);
  return seen;
}
