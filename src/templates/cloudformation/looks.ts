/** CloudFormation itself takes one megabyte. */
export const MOST_BYTES = 5_000_000;

/** Words that hardly anything but a template has; whether it is one, its parsed content says. */
const LOOKS_LIKE_TEMPLATE =
  /(?:^|\n)["']?Resources["']?\s{0,9}:|"Resources"\s{0,9}:|\bAWSTemplateFormatVersion\b|\bAWS::Serverless-|(?:^|[\s{,])["']?Type["']?\s{0,9}:\s{0,9}["']?(?:AWS|Custom|Alexa)::/;

/** Whether a text may be a template, asked before it is parsed. */
export function looksLikeTemplate(text: string): boolean {
  return LOOKS_LIKE_TEMPLATE.test(text);
}
