import { expect, test } from "vitest";
import { visible } from "../src/visible.ts";

const TEXTS: [title: string, text: string, shown: string][] = [
  ["plain words", "a trail’s bucket → gone… – yes", "a trail’s bucket → gone… – yes"],
  ["letters of any language", "журнал 監査 é", "журнал 監査 é"],
  ["an empty text", "", ""],
  ["a run of control characters", "a\u001b\u0007\r\nb", "a?b"],
  ["runs apart from one another", "\u0000a\u0000b\u0000", "?a?b?"],
  ["separators of lines and paragraphs", "a\u2028b\u2029c", "a?b?c"],
  ["what turns the direction of reading", "a\u202eb\u2066c\u200fd", "a?b?c?d"],
  ["a control character after an arrow", "→\u009b", "→?"],
];

test.for(TEXTS)("%s", ([, text, shown]) => {
  expect(visible(text, "?")).toBe(shown);
});

test("no character that is taken for plain is one that nobody sees", () => {
  const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
  for (let code = 0; code < 0x10000; code += 1) {
    const char = String.fromCharCode(code);
    expect(visible(char, "?") === "?", code.toString(16)).toBe(hidden.test(char) || char === "?");
  }
});
