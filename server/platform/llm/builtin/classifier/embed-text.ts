import { characterFeatures, wordFeatures } from "./features";

const DIMENSIONS = 256;
/** A word says more than one of its parts. */
const WORD_WEIGHT = 2;

/**
 * A text as a vector of length 1: its words, pairs of words and runs of characters, each hashed to a place and a
 * sign (feature hashing: Weinberger et al. 2009). Texts that share wording come near each other; meaning that is
 * worded otherwise doesn't. A text without words gives a fixed vector.
 */
export function embedText(text: string): number[] {
  const vector = new Float64Array(DIMENSIONS);
  for (const feature of wordFeatures(text)) add(vector, `w${feature}`, WORD_WEIGHT);
  for (const feature of characterFeatures(text)) add(vector, `c${feature}`, 1);
  const norm = Math.hypot(...vector);
  if (norm === 0) vector[0] = 1;
  return Array.from(vector, (value) => (norm === 0 ? value : value / norm));
}

function add(vector: Float64Array, feature: string, weight: number): void {
  const hash = fnv1a(feature);
  const place = hash % DIMENSIONS;
  vector[place] = (vector[place] ?? 0) + (hash & 0x10000 ? weight : -weight);
}

/** FNV-1a, 32 bits, over UTF-16 units. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  }
  return hash;
}
