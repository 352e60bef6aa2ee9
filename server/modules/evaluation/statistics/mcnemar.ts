import { fairBinomialProbability } from "./fair-binomial";

/**
 * Exact two-sided McNemar test: are the two kinds of discordant rows equally likely?
 * p = min(1, 2·P(X ≤ min(onlyA, onlyB))) with X ~ Binomial(onlyA + onlyB, ½); 1 when no row is discordant.
 *
 * Source: Q. McNemar (1947), Psychometrika 12:153–157, with the binomial distribution in place of χ² (the sign test).
 *
 * @param onlyA rows that A alone has right
 * @param onlyB rows that B alone has right
 * @returns p, 0 … 1 (0 only where it is too small for a double)
 * @throws RangeError when a count is not a whole number ≥ 0
 */
export function mcnemarExactP(onlyA: number, onlyB: number): number {
  if (!Number.isSafeInteger(onlyA) || !Number.isSafeInteger(onlyB) || onlyA < 0 || onlyB < 0) {
    throw new RangeError(`not discordant counts: ${onlyA}, ${onlyB}`);
  }
  // Within one of each other, the lower tail holds half of the probability or more.
  if (Math.abs(onlyA - onlyB) <= 1) return 1;

  const n = onlyA + onlyB;
  let probability = fairBinomialProbability(Math.min(onlyA, onlyB), n);
  let tail = probability;
  for (let k = Math.min(onlyA, onlyB); k > 0 && probability > tail * Number.EPSILON; k--) {
    probability *= k / (n - k + 1);
    tail += probability;
  }
  return Math.min(1, 2 * tail);
}
