/** A vector of length 1 in the same direction; null for one that has no direction. */
function directionOf(vector: readonly number[]): Float32Array | null {
  const length = Math.hypot(...vector.map(Math.abs));
  return length > 0 && Number.isFinite(length) ? Float32Array.from(vector, (value) => value / length) : null;
}

/**
 * Compares a vector with many at once: the cosine with each of `vectors`, from -1 to 1. One that is missing, or has
 * another number of dimensions, counts as farther than any.
 */
export function createVectorSimilarity(
  vectors: readonly (readonly number[] | null)[],
): (vector: readonly number[]) => Float64Array {
  const directions = vectors.map((vector) => (vector ? directionOf(vector) : null));
  return (vector) => {
    const asked = directionOf(vector);
    return Float64Array.from(directions, (direction) =>
      asked && direction?.length === asked.length ? dot(asked, direction) : -2,
    );
  };
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}
