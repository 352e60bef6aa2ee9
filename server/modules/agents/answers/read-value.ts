import {
  charAt,
  charBefore,
  isLeadingWrap,
  isPunctuation,
  isTrailingWrap,
  isWord,
  type Range,
  trimRange,
} from "./characters";
import { fold, lookUpOption, type OptionIndex } from "./option-names";

export type InvalidReason =
  /** Nothing was answered. */
  | "empty"
  /** Neither the label's own field nor an answer that is one option. */
  | "no_field"
  | "unknown_option"
  | "two_options"
  /** The label's field stands more than once, with different values. */
  | "conflicting_fields"
  /** The answer ended at its length limit, inside what may have been another value. */
  | "cut_off"
  /** The whole answer is an option of several labels. */
  | "ambiguous_label";

export type ValueReading =
  | { ok: true; value: string[]; start: number; end: number }
  | { ok: false; reason: InvalidReason };

/** Whether a remark may follow the option: in the label's own field yes, where the value is the whole answer no. */
export type Remarks = "allowed" | "refused";

/** Longer remarks and lists are not read: a value is short. */
const LONGEST_VALUE = 20_000;
const HEAD_ENDS = /[:：=(（[\n;；–—)）]|\s-\s|[.]\s|。/u;
const LETTER_ENDS = new Set([":", "：", "=", ")", "）", ". "]);
const TAKES_BACK = /^\P{L}*(?:not?|false|never|n\/a|isn't|wasn't|nicht|kein|nein|pas|non)(?!\p{L})/iu;

/**
 * Reads one option from the text of a value: the option alone in any wrapping, the same option twice
 * (`neg (negative)`), an option letter with its meaning (`B: Negative`), or, with `remarks` allowed, the option
 * followed by a set-off remark that names no other. Everything else is invalid, never a guess.
 */
export function readOne(raw: string, range: Range, index: OptionIndex, remarks: Remarks): ValueReading {
  const core = peel(raw, range, index);
  if (core.value !== null) return { ok: true, value: [core.value], start: core.start, end: core.end };
  if (core.start >= core.end) return { ok: false, reason: "empty" };
  if (core.end - core.start > LONGEST_VALUE) return { ok: false, reason: "unknown_option" };
  const text = raw.slice(core.start, core.end);
  const separator = HEAD_ENDS.exec(text);
  const head = separator && peel(raw, { start: core.start, end: core.start + separator.index }, index);
  if (!separator || !head || head.value === null) return unreadable(text, index);
  const restFrom = core.start + separator.index + separator[0].length;
  const rest = peel(raw, { start: restFrom, end: core.end }, index);
  const named = mentions(raw.slice(restFrom, core.end), index);
  named.delete(head.value);
  if (named.size > 0) return { ok: false, reason: "two_options" };
  const restText = raw.slice(restFrom, core.end);
  const accepted =
    rest.value === head.value ||
    isMeaningOfLetter(raw.slice(head.start, head.end), separator[0], restText) ||
    (remarks === "allowed" && !/[:：=]/u.test(separator[0]) && !TAKES_BACK.test(restText));
  return accepted
    ? { ok: true, value: [head.value], start: head.start, end: head.end }
    : { ok: false, reason: "unknown_option" };
}

/** `B: Negative` where B is an option: the words only repeat what the letter stands for. */
function isMeaningOfLetter(head: string, separator: string, rest: string): boolean {
  const short = head.length <= 2 && !rest.includes("\n") && rest.length <= 100;
  const set = LETTER_ENDS.has(separator.replace(/\s+$/u, " ")) || /^\s-\s$/u.test(separator);
  return short && set && /\p{L}{2}/u.test(rest) && !TAKES_BACK.test(rest);
}

/**
 * Reads the options of a multi-select label: the exact set, in the schema's order, whatever separates them.
 * One part that is no option makes the whole invalid.
 */
export function readSeveral(raw: string, range: Range, index: OptionIndex): ValueReading {
  const core = peel(raw, range, index);
  if (core.value !== null) return { ok: true, value: [core.value], start: core.start, end: core.end };
  if (core.start >= core.end) return { ok: false, reason: "empty" };
  if (core.end - core.start > LONGEST_VALUE) return { ok: false, reason: "unknown_option" };
  const parts = splitList(raw, core);
  const found = new Set<string>();
  for (let at = 0; at < parts.length; ) {
    const taken = longestOption(raw, parts, at, index);
    if (!taken) return { ok: false, reason: "unknown_option" };
    found.add(taken.value);
    at = taken.next;
  }
  return found.size > 0
    ? { ok: true, value: inSchemaOrder(found, index), start: core.start, end: core.end }
    : { ok: false, reason: "empty" };
}

/** The values found, as the schema orders its options. */
export function inSchemaOrder(values: ReadonlySet<string>, index: OptionIndex): string[] {
  return index.options.flatMap(({ value }) => (values.has(value) ? [value] : []));
}

/** Parts between separators; an option whose own text holds one is put together again by `longestOption`. */
function splitList(raw: string, { start, end }: Range): Range[] {
  const parts: Range[] = [];
  let from = start;
  for (const match of raw.slice(start, end).matchAll(/[,;|\n/&、，；•]|(?<=\s)(?:and|und|et|y)(?=\s)/gu)) {
    parts.push({ start: from, end: start + match.index });
    from = start + match.index + match[0].length;
  }
  parts.push({ start: from, end });
  return parts.filter((part) => !isBlank(raw, part));
}

function longestOption(raw: string, parts: Range[], at: number, index: OptionIndex) {
  const first = parts[at];
  for (let last = Math.min(at + 5, parts.length - 1); first && last >= at; last--) {
    const range = { start: first.start, end: parts[last]?.end ?? first.end };
    const { value } = peel(raw, range, index);
    if (value !== null) return { value, next: last + 1 };
  }
  return null;
}

/**
 * Takes wrapping off a value layer by layer until an option is left. Returns the option's own range, or, where
 * none appears, what is left. Linear: a candidate is compared only when it is short enough to be an option.
 */
export function peel(raw: string, range: Range, index: OptionIndex): Range & { value: string | null } {
  let { start, end } = trimRange(raw, range);
  while (start < end) {
    const value = end - start <= index.maxLength ? lookUpOption(index, raw.slice(start, end)) : null;
    if (value !== null) return { start, end, value };
    if (raw[start] === "<" && raw[end - 1] === ">") {
      start++;
      end--;
    } else if (isTrailingWrap(raw, end - 1)) end--;
    else if (isLeadingWrap(raw, start)) start++;
    else break;
    ({ start, end } = trimRange(raw, { start, end }));
  }
  return { start, end, value: null };
}

function unreadable(text: string, index: OptionIndex): ValueReading {
  return { ok: false, reason: mentions(text, index).size > 1 ? "two_options" : "unknown_option" };
}

/** Values of the options whose names stand in `text` as words of their own. */
export function mentions(text: string, index: OptionIndex): Set<string> {
  const folded = fold(text);
  const found = new Set<string>();
  for (const { value, names } of index.options) {
    // The letter A is also an English word: names this short count only in their own case.
    const stands = (name: string) => (name.length > 2 ? hasWord(folded, fold(name)) : hasWord(text, name));
    if (names.some((name) => name.trim() !== "" && stands(name.trim()))) found.add(value);
  }
  return found;
}

function hasWord(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const joinedLeft = isWord(charBefore(text, at)) && isWord(charAt(name, 0));
    const end = at + name.length;
    if (!joinedLeft && !(isWord(charAt(text, end)) && isWord(charBefore(name, name.length)))) return true;
  }
  return false;
}

/** Whether the range holds nothing but white space and punctuation. */
export function isBlank(raw: string, range: Range): boolean {
  for (let at = range.start; at < range.end; at++) if (!isPunctuation(raw[at] ?? "")) return false;
  return true;
}
