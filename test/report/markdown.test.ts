import { expect, test } from "vitest";
import { codeBlock, ink, tableRow } from "../../src/report/markdown.ts";

const pen = ink((text) => text);

test.for([
  ["payments-production", "payments-production"],
  ["a`b", "a\\`b"],
  ["a\\`b", "a\\\\\\`b"],
  ["a\\|b", "a\\\\&#124;b"],
  ["5 < 6 & 7", "5 &lt; 6 &amp; 7"],
  ["1. one", "1<!-- -->. one"],
  ["- one", "\\- one"],
  ["me@you.example", "me@<!-- -->you.example"],
  ["12:30", "12:30"],
  [
    "the key arn:aws:kms:eu-west-1:111111111111:key/a, it",
    "the key `arn:aws:kms:eu-west-1:111111111111:key/a`, it",
  ],
] as const)("in a sentence %j is written %j", ([text, markdown]) => {
  expect(pen.prose(text)).toBe(markdown);
});

test.for([
  ["payments", "`payments`"],
  ["", "`\u{fffd}`"],
  ["a|b", "<code>a&#124;b</code>"],
  ["a`b", "<code>a&#96;b</code>"],
  ["a\\", "<code>a&#92;</code>"],
  ["<b>|@x", "<code>&lt;b&gt;&#124;&#64;<!-- -->x</code>"],
] as const)("as code %j is written %j", ([text, markdown]) => {
  expect(pen.code(text)).toBe(markdown);
  expect(tableRow([pen.code(text), "x"]).split("|")).toHaveLength(4);
});

test("a block's fence is longer than any in it", () => {
  expect(codeBlock("a\n````\nb", "sh")).toBe("`````sh\na\n````\nb\n`````");
});

test("an account without a name is its id; redacted to its name, the name alone", () => {
  expect(pen.account("111111111111", null)).toBe("`111111111111`");
  expect(pen.account("111111111111", "shop")).toBe("shop (`111111111111`)");
  expect(ink(() => "shop").account("111111111111", "shop")).toBe("shop");
  expect(pen.account(null, null)).toBe("unknown account");
});
