/**
 * Remainder of Stirling's formula, ln x! − ((x + ½) ln x − x + ½ ln 2π), for a whole number x ≥ 1.
 * Below 16 the factorial is an exact double; from there four terms of the series are within 2e-14.
 *
 * Source: NIST Digital Library of Mathematical Functions, 5.11.1.
 */
export function stirlingRemainder(x: number): number {
  if (x < 16) return Math.log(smallFactorial(x)) - leadingTerms(x);
  const x2 = x * x;
  return (1 / 12 - (1 / 360 - (1 / 1260 - 1 / 1680 / x2) / x2) / x2) / x;
}

/** ln x! for a whole number x ≥ 0. */
export const logFactorial = (x: number): number =>
  x < 16 ? Math.log(smallFactorial(x)) : leadingTerms(x) + stirlingRemainder(x);

const leadingTerms = (x: number): number => (x + 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI);

function smallFactorial(x: number): number {
  let factorial = 1;
  for (let i = 2; i <= x; i++) factorial *= i;
  return factorial;
}
