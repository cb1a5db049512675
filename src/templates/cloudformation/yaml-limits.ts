/** Why a text cannot be read as YAML, and where. */
export type Mistake = { mistake: string; at: number };

/** What costs the library more than linear time: levels opened on one line, and indents like no one's. */
const TOO_DEEP = /^ *(?:[-?:] +){100}|[[{][ \t\r\n[{]{300}|^ {1000}/m;
/** Each of which the library takes down as a mistake of its own. */
const TOO_MANY_TAGS = /(?:[!&]\S{0,100}\s{1,100}){20}/;
/** Of which some may be words in texts. */
const ALIAS = /[\s,[{:]\*[^\s,\]}*]/g;
const MOST_ALIASES_WRITTEN = 5000;
/** CloudFormation takes no more than one megabyte; JSON, of which this one takes more, is read otherwise. */
const MOST_TEXT = 2_000_000;
/** Brackets in texts count as well, which are closed sooner or later. */
const MOST_OPEN = 2000;

/** What the library would take minutes to refuse; null: nothing of that. */
export function refusal(text: string): Mistake | null {
  if (text.length > MOST_TEXT) return { mistake: "it is YAML of more than 2 MB", at: 0 };
  const deep = text.search(TOO_DEEP);
  if (deep >= 0) return { mistake: "it is nested too deep", at: deep };
  const tags = text.search(TOO_MANY_TAGS);
  if (tags >= 0) return { mistake: "a value has too many tags", at: tags };
  let aliases = 0;
  for (const { index } of text.matchAll(ALIAS)) {
    aliases += 1;
    if (aliases > MOST_ALIASES_WRITTEN) return { mistake: "too many aliases", at: index };
  }
  let open = 0;
  for (const { 0: bracket, index } of text.matchAll(/[[\]{}]/g)) {
    open = Math.max(0, open + (bracket === "[" || bracket === "{" ? 1 : -1));
    if (open > MOST_OPEN) return { mistake: "it is nested too deep", at: index };
  }
  return null;
}
