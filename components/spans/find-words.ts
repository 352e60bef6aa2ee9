import { TextPlaces } from "./text-places";
import type { SpanBorders } from "./types";

/** More places than this are not offered: who types so little types on. */
export const MAX_FOUND = 50;

/**
 * Where words stand in a text: as they are written, or if nowhere so, in capitals or small letters alike. Never a
 * part of a character; with `whole`, never a part of a word.
 */
export function findWords(places: TextPlaces, typed: string, whole: boolean): SpanBorders[] {
  const words = trimmed(typed);
  if (words === null) return [];
  const exact = occurrences(places, words, whole, "gu");
  return exact.length > 0 ? exact : occurrences(places, words, whole, "giu");
}

/** Without white space at its ends, but for a space that carries a mark: that is one character. */
function trimmed(typed: string): string | null {
  const places = new TextPlaces(typed);
  const span = places.snap(0, places.length, "character");
  return span && places.slice(span);
}

function occurrences(places: TextPlaces, words: string, whole: boolean, flags: string): SpanBorders[] {
  // A space that carries a mark is the character that it is; between words any white space stands for any other, for
  // who types sees no line ends.
  const lead = /^\s?/u.exec(words)?.[0] ?? "";
  const rest = words
    .slice(lead.length)
    .split(/\s+/u)
    .map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&"))
    .join("\\s+?");
  const pattern = new RegExp(lead + rest, flags);
  const found: SpanBorders[] = [];
  for (let match = pattern.exec(places.text); match; match = pattern.exec(places.text)) {
    const span = {
      start: places.offsets.pointOf(match.index),
      end: places.offsets.pointOf(match.index + match[0].length),
    };
    const snapped = places.snap(span.start, span.end, whole ? "word" : "character");
    if (snapped?.start === span.start && snapped.end === span.end) found.push(span);
    // What cuts a character may begin again inside itself, as flags in a row do.
    else pattern.lastIndex = places.offsets.toUtf16(span.start + 1);
    if (found.length === MAX_FOUND) break;
  }
  return found;
}

/** What stands around a span, some words each side, on one line. */
export function contextOf(places: TextPlaces, { start, end }: SpanBorders, characters = 24) {
  const from = Math.max(0, start - characters);
  const to = Math.min(places.length, end + characters);
  const line = (text: string) => text.replace(/\s+/gu, " ");
  return {
    before: `${from > 0 ? "…" : ""}${line(places.slice({ start: places.floor(from), end: start }))}`,
    words: line(places.slice({ start, end })),
    after: `${line(places.slice({ start: end, end: places.ceil(to) }))}${to < places.length ? "…" : ""}`,
  };
}
