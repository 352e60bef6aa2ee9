const FORMULA = /^'*(?:\s*[=+\-@]|[\t\r])/;
const PLAIN_NUMBER = /^-?\d+(?:\.\d+)?$/;

/**
 * A text as a spreadsheet must get it so that it is shown and never run: one `'` before what could be a formula, or
 * before a `'` that already stands so. The import takes exactly one off again (`unescapeFormulas`).
 */
export function escapeFormula(text: string): string {
  return FORMULA.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
}
