/**
 * A text in which each run of what nobody sees stands replaced by one sign: control characters, line
 * breaks, and what turns the direction of reading.
 */
export const visible = (text: string, instead: string): string =>
  // Compiling a class by Unicode's properties takes longer than a small check's whole report.
  ORDINARY.test(text)
    ? text.replace(/[^ -\uffff]+/g, instead)
    : text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, instead);

/** ASCII, quotation marks, dashes, dots and arrows: what nearly all texts are made of. */
const ORDINARY = /^[\t-~\u2010-\u2027\u2190-\u21ff]*$/;
