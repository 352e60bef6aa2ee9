/** What models put around a value: quotes of any language, brackets, Markdown, sentence punctuation. */
const WRAPPING = new Set([
  ..."\"'`´“”„‟‘’‚‛«»‹›「」『』〈〉《》【】〝〞〟＂＇",
  ..."()[]{}*_|\\&=→",
  ...":;¡…•·。、，．：；",
]);
/** Bullets, quotation marks of Markdown and headings: wrapping only when set apart, for `-1` and `C#` are options. */
const SET_APART = new Set([..."-–—<>#"]);
/** Wrapping at the right edge; at the left edge they change the meaning (`.5`, `!positive`). */
const TRAILING = new Set([..."!！.,"]);
const SPACE = /\s/u;
const WORD = /[\p{L}\p{N}]/u;
/** Scripts that write words without spaces: there a neighbouring letter does not make another word. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

export const isSpace = (char: string) => SPACE.test(char);

/** True for a character that can continue a word, so that a name next to it is only part of one. */
export const isWord = (char: string) => WORD.test(char) && !UNSPACED.test(char);

/** Whether the last character of a value, at `at`, is not part of it. A question mark is doubt and stays. */
export function isTrailingWrap(text: string, at: number): boolean {
  const char = text[at] ?? "";
  return WRAPPING.has(char) || TRAILING.has(char) || (SET_APART.has(char) && isSpace(text[at - 1] ?? ""));
}

/** Whether the first character of a value, at `at`, is not part of it. */
export function isLeadingWrap(text: string, at: number): boolean {
  const char = text[at] ?? "";
  if (WRAPPING.has(char)) return true;
  const next = text[at + 1] ?? "";
  if (char === "#" && next === "#") return true;
  // In `- 1` the dash may be a minus.
  return SET_APART.has(char) && isSpace(next) && !/\d/u.test(text[at + 2] ?? "");
}

/** Whether a character is never part of an option, whatever stands beside it. */
export function isPunctuation(char: string): boolean {
  return isSpace(char) || WRAPPING.has(char) || SET_APART.has(char) || TRAILING.has(char);
}

export type Range = { start: number; end: number };

/** The code point that ends just before `at`, or "". */
export function charBefore(text: string, at: number): string {
  const low = text[at - 1] ?? "";
  return at > 1 && low >= "\udc00" && low <= "\udfff" ? text.slice(at - 2, at) : low;
}

/** The code point that starts at `at`, or "". */
export function charAt(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? "" : String.fromCodePoint(code);
}

/** `range` without white space at its edges. */
export function trimRange(text: string, { start, end }: Range): Range {
  let from = start;
  let to = end;
  while (from < to && isSpace(text[from] ?? "")) from++;
  while (to > from && isSpace(text[to - 1] ?? "")) to--;
  return { start: from, end: to };
}

/** Where the line that holds `from` ends, at most `stop`. Looks no farther than `stop`. */
export function endOfLine(text: string, from: number, stop: number): number {
  const at = text.slice(from, stop).indexOf("\n");
  return at < 0 ? stop : from + at;
}
