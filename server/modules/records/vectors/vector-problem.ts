/** Beyond this a single-precision number is infinite. */
const LARGEST = 3.4e38;

/** The vector as it is stored: in single precision, where what is too small is 0. */
export const singlePrecision = (vector: readonly number[]): number[] => vector.map(Math.fround);

/** Why a vector can't be compared with others; null when it can. */
export function vectorProblem(vector: readonly number[]): string | null {
  if (vector.some((value) => !Number.isFinite(value) || Math.abs(value) > LARGEST))
    return "holds a number that single precision can't hold";
  const norm = Math.fround(Math.hypot(...singlePrecision(vector)));
  if (norm === 0) return "is zero everywhere and points nowhere";
  return norm > LARGEST ? "is longer than single precision can hold" : null;
}
