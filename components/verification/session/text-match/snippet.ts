import type { Range } from "./ranges";

/** A row has room for about so much. */
const SHOWN = 400;
/** Further in than this a match would not be seen. */
const FAR = 60;
const BEFORE = 30;

/** The piece of a text that stands in a row, from its beginning or from a little before the first match. */
export function snippetOf(text: string, [first]: readonly Range[]): { text: string; skipped: number } {
  const skipped = first && first.start > FAR ? wordStart(text, first.start - BEFORE) : 0;
  return { text: text.slice(skipped, skipped + SHOWN), skipped };
}

/** The beginning of a word at or after a place, so that no word, and no character, is cut. */
function wordStart(text: string, from: number): number {
  const space = text.indexOf(" ", from);
  return space < 0 || space > from + BEFORE ? wholeCharacter(text, from) : space + 1;
}

const wholeCharacter = (text: string, at: number): number =>
  /[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at - 1 : at;
