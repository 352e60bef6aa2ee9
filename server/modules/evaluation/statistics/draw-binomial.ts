import { stirlingRemainder } from "./stirling";

/** Below so many expected successes they are counted up from 0; from there on rejection is faster. */
const COUNT_UP = 10;

/**
 * Draws how many of `n` trials succeed, in a time that does not grow with `n`: by inversion for a small expectation,
 * else by transformed rejection. Both are exact.
 *
 * Source: W. Hörmann (1993), "The generation of binomial random variates", Journal of Statistical Computation and
 * Simulation 46:101–110, algorithm BTRS.
 *
 * @param random draws from [0, 1)
 * @param n whole number, 0 or more
 * @param p chance of a success, 0 … 1
 */
export function drawBinomial(random: () => number, n: number, p: number): number {
  if (n === 0 || p <= 0) return 0;
  if (p >= 1) return n;
  if (p > 0.5) return n - drawBinomial(random, n, 1 - p);
  return n * p < COUNT_UP ? countUp(random, n, p) : reject(random, n, p);
}

function countUp(random: () => number, n: number, p: number): number {
  const odds = p / (1 - p);
  let chance = (1 - p) ** n;
  let left = random();
  let successes = 0;
  while (left > chance && successes < n) {
    left -= chance;
    successes++;
    chance *= ((n - successes + 1) / successes) * odds;
  }
  return successes;
}

function reject(random: () => number, n: number, p: number): number {
  const spread = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const alpha = (2.83 + 5.1 / b) * spread;
  const odds = p / (1 - p);
  const mode = Math.floor((n + 1) * p);
  for (;;) {
    const u = random() - 0.5;
    // Never 0, of which there is no logarithm.
    const v = 1 - random();
    const edge = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / edge + b) * u + n * p + 0.5);
    if (edge >= 0.07 && v <= 0.92 - 4.2 / b) return k;
    if (k < 0 || k > n) continue;
    const bound =
      (mode + 0.5) * Math.log((mode + 1) / (odds * (n - mode + 1))) +
      (n + 1) * Math.log((n - mode + 1) / (n - k + 1)) +
      (k + 0.5) * Math.log((odds * (n - k + 1)) / (k + 1)) +
      stirlingRemainder(mode + 1) +
      stirlingRemainder(n - mode + 1) -
      stirlingRemainder(k + 1) -
      stirlingRemainder(n - k + 1);
    if (Math.log((v * alpha) / (a / edge ** 2 + b)) <= bound) return k;
  }
}
