import { optionsOfKey } from "@/contracts/value-key";
import type { ConfusionCell } from "./joint-counts";

/** Counts by gold value key, then by given value key. Pairs that never occurred are left out. */
export type Confusion = Record<string, Record<string, number>>;

export type OptionScore = {
  value: string;
  /** Share of the rows given this option that have it in gold; null when it was never given. */
  precision: number | null;
  /** Share of the rows with this option in gold that were given it; null when gold never has it. */
  recall: number | null;
  /** 2·TP / (2·TP + FP + FN); null when the option is neither in gold nor given. */
  f1: number | null;
  /** Rows with this option in gold. */
  support: number;
};

/** How often each gold value was given which value; cells of the same two values add up. */
export function confusionMatrix(cells: readonly ConfusionCell[]): Confusion {
  const rows = new Map<string, Map<string, number>>();
  for (const { gold, given, count } of cells) {
    const row = rows.get(gold) ?? new Map<string, number>();
    row.set(given, (row.get(given) ?? 0) + count);
    rows.set(gold, row);
  }
  // fromEntries makes own properties of any name; assignment would lose an option called "__proto__".
  return Object.fromEntries([...rows].map(([goldValue, row]) => [goldValue, Object.fromEntries(row)]));
}

/**
 * Precision, recall and F1 of each option, in the order of `options`. An option counts as given or as gold when it is
 * **among** the chosen ones, so that for a multi-select label each option is judged by itself (label-based measures);
 * for a single-select label these are the usual per-class figures.
 *
 * Source: C. J. van Rijsbergen (1979), "Information Retrieval", chapter 7; G. Tsoumakas and I. Katakis (2007),
 * "Multi-label classification: an overview", for label-based measures.
 */
export function scoreOptions(confusion: Confusion, options: readonly string[]): OptionScore[] {
  const inGold = new Map<string, number>();
  const inGiven = new Map<string, number>();
  const inBoth = new Map<string, number>();
  for (const [goldKey, row] of Object.entries(confusion)) {
    const goldOptions = new Set(optionsOfKey(goldKey));
    for (const [givenKey, count] of Object.entries(row)) {
      for (const option of goldOptions) inGold.set(option, (inGold.get(option) ?? 0) + count);
      for (const option of optionsOfKey(givenKey)) {
        inGiven.set(option, (inGiven.get(option) ?? 0) + count);
        if (goldOptions.has(option)) inBoth.set(option, (inBoth.get(option) ?? 0) + count);
      }
    }
  }
  return options.map((value) => {
    const support = inGold.get(value) ?? 0;
    const given = inGiven.get(value) ?? 0;
    const correct = inBoth.get(value) ?? 0;
    return {
      value,
      precision: ratio(correct, given),
      recall: ratio(correct, support),
      f1: ratio(2 * correct, given + support),
      support,
    };
  });
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
