import { keyOf } from "./self-consistency";

export type Agreement = { conf: number; others: number } | { conf: null; reason: "no_other_labels" };

/**
 * The share of other jobs that gave the same value: conf = equal / those that have a label on the record.
 *
 * @param others what each of the named jobs gave; null: it has no label there
 */
export function agreement(
  value: readonly string[],
  others: readonly (readonly string[] | null)[],
): Agreement {
  const given = others.flatMap((other) => (other === null ? [] : [keyOf(other)]));
  if (given.length === 0) return { conf: null, reason: "no_other_labels" };
  const equal = given.filter((other) => other === keyOf(value)).length;
  return { conf: equal / given.length, others: given.length };
}
