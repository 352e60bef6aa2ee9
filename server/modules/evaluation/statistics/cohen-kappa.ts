/** Why κ has no value. */
export type KappaReason =
  /** No record was labeled by both. */
  | "no_overlap"
  /** Both gave one and the same value throughout, so that chance alone would agree fully: 0/0. */
  | "single_category";

export type CohenKappa = { n: number; kappa: number | null; kappaReason?: KappaReason };

/**
 * Cohen's κ of two annotators, (pₒ − pₑ) / (1 − pₑ), over the records that both labeled. A record that one of them
 * left out says nothing about agreement and must not be counted.
 *
 * Source: J. Cohen (1960), "A coefficient of agreement for nominal scales", Educational and Psychological Measurement
 * 20:37–46.
 *
 * @param cells how many records A gave one value and B another; several of the same two values add up
 * @returns κ, −1 … 1, with n, the number of shared records; null with the reason where it is undefined
 */
export function cohenKappa(cells: readonly { a: string; b: string; count: number }[]): CohenKappa {
  const countsA = new Map<string, number>();
  const countsB = new Map<string, number>();
  let n = 0;
  let agreed = 0;
  for (const { a, b, count } of cells) {
    n += count;
    if (a === b) agreed += count;
    countsA.set(a, (countsA.get(a) ?? 0) + count);
    countsB.set(b, (countsB.get(b) ?? 0) + count);
  }
  if (n === 0) return { n, kappa: null, kappaReason: "no_overlap" };

  // Kept as whole numbers (n²·pₑ), so that pₑ = 1 is recognised without a tolerance.
  let chance = 0;
  for (const [value, count] of countsA) chance += count * (countsB.get(value) ?? 0);
  if (chance === n * n) return { n, kappa: null, kappaReason: "single_category" };
  return { n, kappa: (n * agreed - chance) / (n * n - chance) };
}
