/** Where a command writes: results to `out`, all else to `err`. */
export type Terminal = {
  /** Settles when it is written, so that a slow reader slows the writer. */
  out(data: string | Uint8Array): Promise<void>;
  err(text: string): void;
  isOutTty: boolean;
  isErrTty: boolean;
  /** Columns of what `err` is shown on. */
  columns: number;
  hasColour: boolean;
};

/** One line to `out`. */
export const print = (terminal: Terminal, line: string): Promise<void> => terminal.out(`${line}\n`);

/** One JSON value a line, as the API tells it; characters that a terminal would obey are escaped. */
export const printJson = (terminal: Terminal, value: unknown): Promise<void> =>
  print(terminal, JSON.stringify(value).replace(OBEYED, escaped));

const OBEYED = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** A text of many lines for people: what else a terminal would obey is shown as what it is, something unknown. */
export const harmless = (text: string): string =>
  text.replaceAll("\r", "").replace(OBEYED, (character) => (/[\n\t]/.test(character) ? character : "\ufffd"));

const strong = (text: string): string => `\u001b[1m${text}\u001b[22m`;

/** What stands out where there is colour. */
export const heading = ({ hasColour }: Terminal, text: string): string => (hasColour ? strong(text) : text);

/**
 * A text of somebody else on one line: control characters would move the cursor, and others turn the direction of what
 * follows.
 */
export const plain = (text: string): string =>
  text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").replace(/[\u202a-\u202e\u2066-\u2069]/gu, "");

/** At most so many characters; what is left out is told by an ellipsis. */
export function cut(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, Math.max(0, length - 1)).join("")}…`;
}
