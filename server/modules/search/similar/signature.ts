/** Bits of a signature; the column's type says the same. */
export const SIGNATURE_BITS = 256;

const planes = new Map<number, Float32Array>();

/**
 * A vector's signature: for each of 256 fixed random planes, the side on which the vector lies. The share of
 * differing bits of two signatures estimates the angle between their vectors (Charikar 2002), so counting bits
 * finds the neighbours worth comparing exactly.
 * @returns 256 characters `0` and `1`, as PostgreSQL reads a bit string
 */
export function signatureOf(vector: readonly number[]): string {
  const dimensions = vector.length;
  const normals = planesOf(dimensions);
  let bits = "";
  for (let plane = 0; plane < SIGNATURE_BITS; plane++) {
    let side = 0;
    const from = plane * dimensions;
    for (let at = 0; at < dimensions; at++) side += (normals[from + at] ?? 0) * (vector[at] ?? 0);
    bits += side >= 0 ? "1" : "0";
  }
  return bits;
}

/** The planes for vectors of one length. Stored signatures rely on them: they never change. */
function planesOf(dimensions: number): Float32Array {
  const known = planes.get(dimensions);
  if (known) return known;
  const draw = mulberry32(dimensions);
  const made = Float32Array.from({ length: SIGNATURE_BITS * dimensions }, () => gaussian(draw));
  planes.set(dimensions, made);
  return made;
}

/** Box and Muller's transform of two uniform draws. */
function gaussian(draw: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
}

/** A small generator with a seed: the same numbers on every machine. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
