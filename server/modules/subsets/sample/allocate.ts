/**
 * Divides a sample among strata in proportion to their records, by largest remainders, with at least one of
 * each: a stratum without a drawn record could say nothing about itself.
 *
 * Source: Hamilton's method of largest remainders, with a lower bound of 1 (Cochran, Sampling Techniques, 5.5).
 *
 * @param sizes N_h, each at least 1
 * @param total n, between the number of strata and the sum of N_h
 * @returns n_h in the order of `sizes`; 1 ≤ n_h ≤ N_h and Σ n_h = n
 */
export function allocateProportionally(sizes: readonly number[], total: number): number[] {
  const all = sum(sizes);
  const quotas = sizes.map((size) => (total * size) / all);
  const taken = quotas.map((quota) => Math.max(1, Math.floor(quota)));
  const owed = (at: number) => (quotas[at] ?? 0) - (taken[at] ?? 0);
  const order = sizes.map((_, at) => at).sort((one, other) => owed(other) - owed(one) || one - other);
  const missing = total - sum(taken);
  for (const at of order.slice(0, Math.max(0, missing))) taken[at] = (taken[at] ?? 0) + 1;
  // The lower bound took more than there is: it comes from those that lose least by it.
  for (let excess = -missing; excess > 0; excess -= 1) {
    const [from] = order.filter((at) => (taken[at] ?? 0) > 1).sort((one, other) => owed(one) - owed(other));
    if (from !== undefined) taken[from] = (taken[from] ?? 0) - 1;
  }
  return taken;
}

/**
 * Divides a sample equally; what a small stratum can't give is taken from the others.
 *
 * @param sizes N_h, each at least 1
 * @param total n, between the number of strata and the sum of N_h
 * @returns n_h in the order of `sizes`; n_h ≤ N_h, Σ n_h = n, and those below N_h differ by at most 1
 */
export function allocateEqually(sizes: readonly number[], total: number): number[] {
  const taken = sizes.map(() => 0);
  const order = sizes.map((size, at) => ({ size, at })).sort((one, other) => one.size - other.size);
  let left = total;
  order.forEach(({ size, at }, index) => {
    const take = Math.min(size, Math.floor(left / (order.length - index)));
    taken[at] = take;
    left -= take;
  });
  return taken;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
