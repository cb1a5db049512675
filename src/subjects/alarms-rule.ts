/** What a composite alarm's rule says. */
export type AlarmRule = {
  /** Names or ARNs of the alarms whose ALARM state it looks at. */
  children: string[];
  /** Whether one of them in ALARM is enough: nothing but ALARM(…), OR and brackets. */
  isAnyOf: boolean;
};

/** AWS takes no longer rule. */
const LONGEST_RULE = 10_240;

const TOKEN =
  /\s*(?:(ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]*)"|'([^']*)'|([^()"'\s]+))\s*\)|(OR)\b|([()])|(AND|NOT|TRUE|FALSE)\b)/y;

/** Reads a composite alarm's rule; one that cannot be read names what it could be read of. */
export function alarmRule(text: string): AlarmRule {
  const rule: AlarmRule = { children: [], isAnyOf: text.length <= LONGEST_RULE };
  const end = Math.min(text.trimEnd().length, LONGEST_RULE);
  let at = 0;
  while (at < end) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text);
    if (token === null) return { ...rule, isAnyOf: false };
    at += token[0].length;
    const [, state, double, single, bare, or, bracket] = token;
    if (state !== undefined) rule.children.push(double ?? single ?? bare ?? "");
    if (state !== "ALARM" && or === undefined && bracket === undefined) rule.isAnyOf = false;
  }
  return rule;
}
