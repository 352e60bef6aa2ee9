import type { AggregationCounts } from "@/contracts/aggregation";
import type { Decision } from "./decide-records";

/** The counts of a snapshot before its first record. */
export const emptyCounts = (): AggregationCounts => ({
  records: 0,
  decided: 0,
  ties: 0,
  verified: 0,
  differing: 0,
  distribution: {},
});

/** Counts with these decisions added. */
export function addDecisions(counts: AggregationCounts, decisions: readonly Decision[]): AggregationCounts {
  const distribution = new Map(Object.entries(counts.distribution));
  const sum = { ...counts };
  for (const { value, tie, entropy, provenance } of decisions) {
    sum.records += 1;
    if (value.length > 0) sum.decided += 1;
    if (tie.length > 0) sum.ties += 1;
    if (provenance.source === "verdict") sum.verified += 1;
    if (entropy !== null && entropy > 0) sum.differing += 1;
    for (const option of value) distribution.set(option, (distribution.get(option) ?? 0) + 1);
  }
  // fromEntries makes own properties of any name; assignment would lose an option called "__proto__".
  return { ...sum, distribution: Object.fromEntries(distribution) };
}
