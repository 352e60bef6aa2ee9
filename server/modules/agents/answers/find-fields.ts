import { charBefore, isSpace, isWord, type Range } from "./characters";
import { fold } from "./option-names";

/** A place where the answer says `<label name>:`. */
export type FieldMarker = {
  label: string;
  /** Where the name starts, and where the value may start. */
  nameStart: number;
  valueStart: number;
  /** The name opens its line; else it stands in running text. */
  opensLine: boolean;
};

const CLOSERS = new Set([..."*_`\"'”’»」』>)]"]);
const OPENERS = new Set([..."*_`\"'“‘„«「『<([{#>|-–—•·+.,;0123456789)"]);
const SENTENCE_ENDS = new Set([..."*_`\"'“‘„«「『<([{.!?:;,…)]}”’»」』|。！？：；，、"]);
/** Words after which the name is still the label's own and not a part of a longer name ("customer sentiment"). */
const LEADING_WORDS = new Set([
  "the",
  "a",
  "my",
  "is",
  "final",
  "overall",
  "answer",
  "so",
  "therefore",
  "thus",
  "hence",
]);
const FARTHEST = 40;

/**
 * Finds all markers of the labels' fields, in order. Each separator is looked at once, and only a few characters
 * around it: the time is linear in the answer.
 */
export function findFields(raw: string, names: ReadonlyMap<string, string>, within: Range): FieldMarker[] {
  const byLastChar = groupByLastChar(names);
  const markers: FieldMarker[] = [];
  for (let at = within.start; at < within.end; at++) {
    const length = separatorLength(raw, at);
    if (length === 0) continue;
    const marker = markerBefore(raw, at, at + length, byLastChar, within.start);
    if (marker) markers.push(marker);
    at += length - 1;
  }
  return markers;
}

type NamedLabel = { name: string; label: string };

function groupByLastChar(names: ReadonlyMap<string, string>): Map<string, NamedLabel[]> {
  const groups = new Map<string, NamedLabel[]>();
  for (const [name, label] of [...names].sort(([a], [b]) => b.length - a.length)) {
    const key = fold(name).at(-1) ?? "";
    groups.set(key, [...(groups.get(key) ?? []), { name, label }]);
  }
  return groups;
}

function separatorLength(raw: string, at: number): number {
  const char = raw[at];
  if (char === ":" || char === "：" || char === "→") return 1;
  const next = raw[at + 1];
  if (char === "=") return next === ">" || next === "=" ? 2 : 1;
  if (char !== "-" && char !== "–" && char !== "—") return 0;
  if (char === "-" && next === ">") return 2;
  return isSpace(raw[at - 1] ?? "") && isSpace(next ?? "") ? 1 : 0;
}

function markerBefore(
  raw: string,
  separator: number,
  valueStart: number,
  names: Map<string, NamedLabel[]>,
  from: number,
): FieldMarker | null {
  let end = separator;
  for (let steps = 0; steps < 8 && end > from; steps++) {
    const char = raw[end - 1] ?? "";
    if (char === "\n" || !(isSpace(char) || CLOSERS.has(char))) break;
    end--;
  }
  const candidates = names.get(raw[end - 1]?.toLowerCase() ?? "") ?? [];
  for (const { name, label } of candidates) {
    const nameStart = end - name.length;
    if (nameStart < from || fold(raw.slice(nameStart, end)) !== fold(name)) continue;
    if (isWord(charBefore(raw, nameStart)) && nameStart > from) continue;
    const opensLine = startsLine(raw, nameStart, from);
    // A dash is a separator only where the name opens the line; in a sentence it is punctuation.
    if (!opensLine && (/[-–—]/u.test(raw[separator] ?? "") || !mayFollow(raw, nameStart, from))) continue;
    return { label, nameStart, valueStart, opensLine };
  }
  return null;
}

/** Only bullets, numbers, quotes and Markdown stand between the line's start and the name. */
function startsLine(raw: string, nameStart: number, from: number): boolean {
  for (let at = nameStart - 1; at >= nameStart - FARTHEST; at--) {
    const char = raw[at];
    if (at < from || char === undefined || char === "\n" || char === "\r") return true;
    if (!isSpace(char) && !OPENERS.has(char)) return false;
  }
  return false;
}

/** In running text a field follows punctuation or one of a few words. */
function mayFollow(raw: string, nameStart: number, from: number): boolean {
  let end = nameStart;
  while (end > from && nameStart - end < FARTHEST && isSpace(raw[end - 1] ?? "")) end--;
  if (SENTENCE_ENDS.has(raw[end - 1] ?? "")) return true;
  let start = end;
  while (start > from && end - start < FARTHEST && isWord(charBefore(raw, start))) start--;
  return LEADING_WORDS.has(raw.slice(start, end).toLowerCase());
}
