import { charAt, charBefore, isWord } from "../answers/characters";
import { type FoldedText, isWhole } from "./folded-text";

/** Least share of the quote's characters that must be right. */
const FUZZY_THRESHOLD = 0.9;
/** In a shorter quote one wrong character is another word. */
const SHORTEST = 10;
/** A longer one is rarely wrong in a few characters only, and takes long to compare. */
const LONGEST = 500;

/** How many pairs of characters may still be compared; a search that would need more finds nothing. */
export type Budget = { left: number };

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
export function findAlike(text: FoldedText, quote: string, budget: Budget): Alike {
  const work = quote.length * text.text.length;
  if (quote.length < SHORTEST || quote.length > LONGEST || work > budget.left)
    return { ok: false, reason: "not_found" };
  budget.left -= work;
  const most = Math.floor((1 - FUZZY_THRESHOLD) * quote.length);
  const near = nearEnds(text.text, quote, most);
  const [best] = near;
  if (!best) return { ok: false, reason: "not_found" };
  const elsewhere = near.some(({ end }) => Math.abs(end - best.end) >= quote.length - most);
  if (elsewhere) return { ok: false, reason: "ambiguous" };
  for (const distance of new Set(near.map((one) => one.distance))) {
    const found = near
      .filter((one) => one.distance === distance)
      .flatMap(({ end }) => startsOf(text.text, quote, end, distance).map((start) => ({ start, end })))
      .filter(({ start, end }) => fits(text, quote, start, end));
    if (found.length > 1) return { ok: false, reason: "ambiguous" };
    const [only] = found;
    if (only) return { ok: true, ...only, score: 1 - distance / quote.length };
  }
  return { ok: false, reason: "not_found" };
}

/** Ends between words of stretches that are near enough, the nearest first. */
function nearEnds(text: string, quote: string, most: number): { end: number; distance: number }[] {
  const near: { end: number; distance: number }[] = [];
  for (const [end, distance] of endDistances(text, quote).entries())
    if (end > 0 && distance <= most && endsWell(text, quote, end)) near.push({ end, distance });
  return near.sort((one, other) => one.distance - other.distance);
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
  const starts: number[] = [];
  const column = Int32Array.from({ length: quote.length + 1 }, (_, at) => at);
  for (let start = end - 1; start >= Math.max(0, end - quote.length - distance); start--) {
    let diagonal = column[0] ?? 0;
    column[0] = end - start;
    const char = text.charCodeAt(start);
    for (let at = 1; at <= quote.length; at++) {
      const left = column[at] ?? 0;
      const same = quote.charCodeAt(quote.length - at) === char;
      column[at] = same ? diagonal : 1 + Math.min(diagonal, left, column[at - 1] ?? 0);
      diagonal = left;
    }
    if (column[quote.length] === distance) starts.push(start);
  }
  return starts;
}

/** Whether a stretch that ends here ends between words, as the quote does. */
const endsWell = (text: string, quote: string, end: number) =>
  !(isWord(charAt(text, end)) && isWord(charBefore(text, end)) && isWord(charBefore(quote, quote.length)));

function fits(text: FoldedText, quote: string, start: number, end: number): boolean {
  const stretch = text.text.slice(start, end);
  if (stretch.trim() !== stretch || digits(stretch) !== digits(quote)) return false;
  const cutsBefore = isWord(charBefore(text.text, start)) && isWord(charAt(stretch, 0));
  const cutsBehind = isWord(charAt(text.text, end)) && isWord(charBefore(stretch, stretch.length));
  return !cutsBefore && !cutsBehind && isWhole(text, start, end);
}

const digits = (text: string) => (text.match(/\p{N}/gu) ?? []).join("");
