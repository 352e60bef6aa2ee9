/** Characters of a text that are compared. */
const COMPARED = 2_000;

/** Trigrams of a text's words as PostgreSQL's pg_trgm takes them: lower case, two blanks before a word, one after. */
export function trigramsOf(text: string): Set<string> {
  const trigrams = new Set<string>();
  for (const [word] of text
    .slice(0, COMPARED)
    .toLowerCase()
    .matchAll(/[\p{L}\p{N}]+/gu)) {
    const padded = `  ${word} `;
    for (let at = 0; at + 3 <= padded.length; at++) trigrams.add(padded.slice(at, at + 3));
  }
  return trigrams;
}

/**
 * Compares a text with many at once: for each of `texts`, the share of the trigrams of both that they have in
 * common, from 0 to 1. Each trigram knows the texts that hold it, so only what is shared costs time.
 */
export function createTextSimilarity(texts: readonly string[]): (text: string) => Float64Array {
  const holders = new Map<string, number[]>();
  const sizes = texts.map((text, place) => {
    const trigrams = trigramsOf(text);
    for (const trigram of trigrams) {
      const places = holders.get(trigram);
      if (places) places.push(place);
      else holders.set(trigram, [place]);
    }
    return trigrams.size;
  });
  return (text) => {
    const shared = new Float64Array(texts.length);
    const trigrams = trigramsOf(text);
    for (const trigram of trigrams)
      for (const place of holders.get(trigram) ?? []) shared[place] = (shared[place] ?? 0) + 1;
    return shared.map((common, place) =>
      common === 0 ? 0 : common / (trigrams.size + (sizes[place] ?? 0) - common),
    );
  };
}
