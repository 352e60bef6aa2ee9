import { FUZZY_LEAST } from "@/contracts/text-query";
import { MAX_RANGES, type Range } from "./ranges";

/** The groups of three letters of a word as PostgreSQL's pg_trgm makes them, in their order. */
function trigramsOf(word: string): string[] {
  const padded = [..."  ", ...word.toLowerCase(), " "];
  return padded.slice(2).map((_, at) => padded.slice(at, at + 3).join(""));
}

/**
 * How much of `wanted` stands together in some part of a word: what both have, of all that either has. A part that is
 * longer than what makes it like enough is not looked at, so that a word of any length takes time as it is long.
 */
function likeness(wanted: ReadonlySet<string>, word: readonly string[]): number {
  const isCommon = word.map((trigram) => wanted.has(trigram));
  const longest = Math.ceil(wanted.size / FUZZY_LEAST);
  let best = 0;
  isCommon.forEach((starts, from) => {
    let common = 0;
    for (let to = from; starts && to < Math.min(word.length, from + longest); to++) {
      if (!isCommon[to]) continue;
      common += 1;
      best = Math.max(best, common / (wanted.size + (to - from + 1) - common));
    }
  });
  return best;
}

/**
 * The words of a text that are like one of those looked for. The server asks for a part of the text as a whole; which
 * of its words made it that is shown word by word, so there may be none.
 */
export function fuzzyRanges(text: string, words: string): Range[] {
  const wanted = (words.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => new Set(trigramsOf(word)));
  const ranges: Range[] = [];
  for (const { 0: word, index } of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    if (ranges.length >= MAX_RANGES) break;
    const own = trigramsOf(word);
    if (wanted.some((one) => likeness(one, own) >= FUZZY_LEAST))
      ranges.push({ start: index, end: index + word.length });
  }
  return ranges;
}
