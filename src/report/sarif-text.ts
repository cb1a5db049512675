import { visible } from "../visible.ts";

const TEXT_LIMIT = 1_000;

/** A text without control characters and within GitHub's limit for descriptions. */
export function sarifText(text: string): string {
  const clean = visible(text.toWellFormed(), " ").trim();
  return clean.length <= TEXT_LIMIT ? clean : `${clean.slice(0, TEXT_LIMIT)}…`;
}
