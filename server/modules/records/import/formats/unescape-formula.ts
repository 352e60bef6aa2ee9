const ESCAPED = /^'+(?:\s*[=+\-@]|[\t\r])/;

/** Takes off the one `'` that an export put before a text which a spreadsheet would run as a formula. */
export const unescapeFormula = (text: string): string => (ESCAPED.test(text) ? text.slice(1) : text);
