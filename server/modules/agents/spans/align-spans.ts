import { isStorable } from "@/contracts/common";
import { charAt, charBefore, isWord } from "../answers/characters";
import { type Budget, findAlike } from "./find-alike";
import { type FoldedText, foldText, isWhole } from "./folded-text";

/** What an answer says of a span: its words, and where they stand. Offsets are code points. */
export type SpanClaim = {
  quote: string;
  start?: number | undefined;
  /** 1 for the first time that these words stand in the text. */
  occurrence?: number | undefined;
};

type AlignmentMethod = "exact" | "offset" | "occurrence" | "normalised" | "fuzzy";
export type AlignmentProblem =
  | "empty_quote"
  | "quote_not_found"
  /** The words stand more than once, and nothing says which are meant. */
  | "ambiguous_quote"
  | "no_such_occurrence"
  /** Offset and occurrence name different places. */
  | "conflicting_place";

/** Where a claim's words stand: code points, end exclusive. `score` is 1 unless the quote was wrong somewhere. */
export type Alignment =
  | { ok: true; start: number; end: number; method: AlignmentMethod; score: number }
  | { ok: false; reason: AlignmentProblem };

/**
 * Finds the places of quotes in a text, in the order of the claims; places may overlap. First the words exactly as
 * they are: the only place, the one at the offset given, or the n-th. Then the only place where they stand but for
 * case, white space, kinds of quotes and Unicode composition. Then the only place that is alike. Never the nearest,
 * and never one of several.
 */
export function alignSpans(text: string, claims: readonly SpanClaim[]): Alignment[] {
  const positions = codePointPositions(text);
  let folded: FoldedText | undefined;
  const lazyFolded = () => {
    folded ??= foldText(text);
    return folded;
  };
  const budget: Budget = { left: MOST_COMPARISONS };
  const known = new Map<string, Alignment>();
  return claims.map((claim) => {
    const key = JSON.stringify([claim.quote, claim.start, claim.occurrence]);
    const alignment = known.get(key) ?? align(text, claim, { positions, folded: lazyFolded, budget });
    known.set(key, alignment);
    return alignment;
  });
}

/** For all quotes of one answer together: about a second. */
const MOST_COMPARISONS = 100_000_000;
/** Words that stand more often than this are never told apart. */
const MOST_PLACES = 10_000;
/** Marks, joiners and skin tones belong to the character before them. */
const GOES_ON = /^[\p{M}\p{Emoji_Modifier}\u200d]/u;

type Place = { start: number; end: number };
type Positions = { toCodePoint(utf16: number): number };

/** What the claims of one answer share. */
type Shared = { positions: Positions; folded: () => FoldedText; budget: Budget };

function align(text: string, claim: SpanClaim, { positions, folded, budget }: Shared): Alignment {
  const { quote } = claim;
  if (quote.trim() === "" || !isStorable(quote)) return { ok: false, reason: "empty_quote" };
  const exact = exactPlaces(text, quote);
  if (exact.length > 0) {
    const inCodePoints = exact.map(({ start, end }) => {
      return { start: positions.toCodePoint(start), end: positions.toCodePoint(end) };
    });
    return choose(
      inCodePoints,
      exact.map((place) => isBetweenWords(text, place)),
      claim,
      "exact",
    );
  }
  const source = folded();
  const needle = foldText(quote.trim()).text;
  if (needle.trim() === "") return { ok: false, reason: "empty_quote" };
  const places = exactPlaces(source.text, needle).filter(({ start, end }) => isWhole(source, start, end));
  if (places.length > 0) {
    const between = places.map((place) => isBetweenWords(source.text, place));
    return choose(
      places.map((place) => inSource(source, place)),
      between,
      claim,
      "normalised",
    );
  }
  const alike = findAlike(source, needle, budget);
  if (!alike.ok)
    return { ok: false, reason: alike.reason === "ambiguous" ? "ambiguous_quote" : "quote_not_found" };
  return { ok: true, ...inSource(source, alike), method: "fuzzy", score: alike.score };
}

function choose(
  places: Place[],
  betweenWords: boolean[],
  { start, occurrence }: SpanClaim,
  method: "exact" | "normalised",
): Alignment {
  const found = (place: Place, how: AlignmentMethod): Alignment => {
    return { ok: true, ...place, method: method === "normalised" ? method : how, score: 1 };
  };
  const [only] = places;
  const atOffset = places.find((place) => place.start === start);
  const nth = occurrence === undefined ? null : nthPlace(places, betweenWords, occurrence);
  if (nth && !nth.ok) return only && places.length === 1 && occurrence === 1 ? found(only, "exact") : nth;
  if (nth && atOffset && nth.place !== atOffset) return { ok: false, reason: "conflicting_place" };
  if (places.length === 1 && only) return found(only, "exact");
  if (atOffset) return found(atOffset, "offset");
  if (nth) return found(nth.place, "occurrence");
  return { ok: false, reason: "ambiguous_quote" };
}

type Nth = { ok: true; place: Place } | { ok: false; reason: AlignmentProblem };

/** The n-th place, unless who counts whole words, or places that don't overlap, comes to another one. */
function nthPlace(places: Place[], betweenWords: boolean[], occurrence: number): Nth {
  const place = places[occurrence - 1];
  if (!place) return { ok: false, reason: "no_such_occurrence" };
  const words = places.filter((_, at) => betweenWords[at]);
  const overlap = places.some(({ start }, at) => start < (places[at - 1]?.end ?? 0));
  const counted = words.length === 0 || words[occurrence - 1] === place;
  return counted && !overlap ? { ok: true, place } : { ok: false, reason: "ambiguous_quote" };
}

/** Every place, also those that overlap; none that begins or ends inside what a reader takes for one character. */
function exactPlaces(text: string, quote: string): Place[] {
  const places: Place[] = [];
  for (
    let at = text.indexOf(quote);
    at >= 0 && places.length < MOST_PLACES;
    at = text.indexOf(quote, at + 1)
  ) {
    const end = at + quote.length;
    const joinedBefore = at > 0 && (GOES_ON.test(quote) || text[at - 1] === "\u200d");
    if (!joinedBefore && !GOES_ON.test(charAt(text, end))) places.push({ start: at, end });
  }
  return places;
}

function isBetweenWords(text: string, { start, end }: Place): boolean {
  const before = isWord(charBefore(text, start)) && isWord(charAt(text, start));
  const behind = isWord(charAt(text, end)) && isWord(charBefore(text, end));
  return !before && !behind;
}

function inSource({ starts, ends }: FoldedText, { start, end }: Place): Place {
  return { start: starts[start] ?? 0, end: ends[end - 1] ?? 0 };
}

/** UTF-16 offsets as code points; without surrogates they are the same. */
function codePointPositions(text: string): Positions {
  if (!/[\ud800-\udfff]/.test(text)) return { toCodePoint: (at) => at };
  const table = new Int32Array(text.length + 1);
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    table[at] = count;
    const isLead = (text.codePointAt(at) ?? 0) > 0xffff;
    if (isLead) table[++at] = count;
    count++;
  }
  table[text.length] = count;
  return { toCodePoint: (at) => table[at] ?? count };
}
