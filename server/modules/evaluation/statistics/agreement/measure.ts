import type { AgreementMetric, AgreementWeights } from "@/contracts/agreement";
import type { Pattern } from "./patterns";
import type { RankCell } from "./weighted-kappa";

/**
 * What a category measures, by its number: itself where order does not count, the place of its option, or the number
 * that its option is. Null: it is no option of the label, and has no place.
 */
export type Measure = (category: number) => number | null;

export function measureOf(
  metric: AgreementMetric,
  categories: readonly (readonly string[])[],
  options: readonly string[],
): Measure {
  if (metric === "nominal") return (category) => category;
  const measured = categories.map(([option = "", ...others]) => {
    const place = others.length > 0 ? -1 : options.indexOf(option);
    if (place === -1) return null;
    return metric === "ordinal" ? place : Number(option);
  });
  return (category) => measured[category] ?? null;
}

/** As `measureOf`, for the weights of a pair's κ, which know of order only. */
export const rankOf = (
  weights: AgreementWeights,
  categories: readonly (readonly string[])[],
  options: readonly string[],
): Measure => measureOf(weights === "none" ? "nominal" : "ordinal", categories, options);

/** The patterns in what their categories measure; what measures nothing is as if it had not been given. */
export const measurePatterns = (patterns: readonly Pattern[], measure: Measure): Pattern[] =>
  patterns.map(({ values, count }) => ({
    values: values.flatMap((category) => measure(category) ?? []),
    count,
  }));

export const measureCells = (cells: readonly RankCell[], measure: Measure): RankCell[] =>
  cells.flatMap(({ a, b, count }) => {
    const [x, y] = [measure(a), measure(b)];
    return x === null || y === null ? [] : [{ a: x, b: y, count }];
  });
