/**
 * A small random generator for simulations in tests: the same seed gives the same draws on every machine.
 *
 * Source: mulberry32 by T. Ettinger (public domain).
 *
 * @param seed any 32-bit whole number
 * @returns a function that draws from [0, 1)
 */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
