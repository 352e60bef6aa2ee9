import { charAt, charBefore, isWord } from "../answers/characters";
import { type FoldedText, isWhole } from "./folded-text";

/** Least share of the quote's characters that must be right. */
const FUZZY_THRESHOLD = 0.9;
/** In a shorter quote one wrong character is another word. */
const SHORTEST = 10;
/** Characters of quote times characters of text that are compared at most. */
const MOST_WORK = 30_000_000;

export type Alike =
  | { ok: true; start: number; end: number; score: number }
  | { ok: false; reason: "not_found" | "ambiguous" };

/**
 * The one stretch of the text that differs from the quote in few characters: by edit distance, score = 1 − distance /
 * length of the quote. It ends between words where the quote does, and has the quote's own digits. Anything else that
 * is alike and stands elsewhere makes it ambiguous. Offsets are those of the folded text.
 *
 * Source: P. H. Sellers, The theory and computation of evolutionary distances (1980), for the search in a text.
 */
export function findAlike(text: FoldedText, quote: string): Alike {
  if (quote.length < SHORTEST || quote.length * text.text.length > MOST_WORK)
    return { ok: false, reason: "not_found" };
  const most = Math.floor((1 - FUZZY_THRESHOLD) * quote.length);
  const distances = endDistances(text.text, quote);
  const found: { start: number; end: number; distance: number }[] = [];
  let near = 0;
  for (let end = 1; end <= text.text.length; end++) {
    const distance = distances[end] ?? Number.POSITIVE_INFINITY;
    if (distance > most) continue;
    near++;
    if (near > 4 * quote.length) return { ok: false, reason: "ambiguous" };
    for (const start of startsOf(text.text, quote, end, distance))
      if (fits(text, quote, start, end)) found.push({ start, end, distance });
  }
  const least = Math.min(...found.map(({ distance }) => distance));
  const [best, second] = found.filter(({ distance }) => distance === least);
  if (!best) return { ok: false, reason: "not_found" };
  const elsewhere = found.some(({ start, end }) => start >= best.end || end <= best.start);
  if (second || elsewhere) return { ok: false, reason: "ambiguous" };
  return { ok: true, start: best.start, end: best.end, score: 1 - least / quote.length };
}

/** For each end in the text: the least edit distance of the quote to a stretch that ends there. */
function endDistances(text: string, quote: string): Int32Array {
  const distances = new Int32Array(text.length + 1);
  const column = Int32Array.from({ length: quote.length + 1 }, (_, at) => at);
  distances[0] = quote.length;
  for (let end = 1; end <= text.length; end++) {
    let diagonal = column[0] ?? 0;
    const char = text.charCodeAt(end - 1);
    for (let at = 1; at <= quote.length; at++) {
      const left = column[at] ?? 0;
      const same = quote.charCodeAt(at - 1) === char;
      column[at] = same ? diagonal : 1 + Math.min(diagonal, left, column[at - 1] ?? 0);
      diagonal = left;
    }
    distances[end] = column[quote.length] ?? 0;
  }
  return distances;
}

/** All starts from which the stretch to `end` has just this distance. */
function startsOf(text: string, quote: string, end: number, distance: number): number[] {
  const from = Math.max(0, end - quote.length - distance);
  const reversed = [...Array(end - from).keys()].map((back) => text.charCodeAt(end - 1 - back));
  const starts: number[] = [];
  let column = Array.from({ length: quote.length + 1 }, (_, at) => at);
  for (const [back, char] of reversed.entries()) {
    const next = [back + 1];
    for (let at = 1; at <= quote.length; at++) {
      const same = quote.charCodeAt(quote.length - at) === char;
      const [diagonal = 0, left = 0, above = 0] = [column[at - 1], column[at], next[at - 1]];
      next.push(same ? diagonal : 1 + Math.min(diagonal, left, above));
    }
    column = next;
    if (column[quote.length] === distance) starts.push(end - 1 - back);
  }
  return starts;
}

function fits(text: FoldedText, quote: string, start: number, end: number): boolean {
  const stretch = text.text.slice(start, end);
  if (stretch.trim() !== stretch || digits(stretch) !== digits(quote)) return false;
  const cutsBefore = isWord(charBefore(text.text, start)) && isWord(charAt(stretch, 0));
  const cutsBehind = isWord(charAt(text.text, end)) && isWord(charBefore(stretch, stretch.length));
  return !cutsBefore && !cutsBehind && isWhole(text, start, end);
}

const digits = (text: string) => (text.match(/\p{N}/gu) ?? []).join("");
