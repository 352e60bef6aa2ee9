const FORMULA = /^'*(?:\s*[=+\-@]|[\t\r])/;
const PLAIN_NUMBER = /^[+-]?\d+(?:\.\d+)?$/;
/** Of the signs that a formula, or what is taken for one, may begin with, the last in ASCII. */
const LAST_SIGN = "@".charCodeAt(0);
const ASCII_END = 0x7f;

/**
 * A text as a spreadsheet must get it so that it is shown and never run: one `'` before what could be a formula, or
 * before a `'` that already stands so. A plain decimal number, with either sign, is no formula. The import takes exactly
 * one off again (`unescapeFormulas`).
 */
export function escapeFormula(text: string): string {
  const first = text.charCodeAt(0);
  // Nearly every text begins with a letter: it needs no closer look.
  if (first > LAST_SIGN && first < ASCII_END) return text;
  return FORMULA.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
}
