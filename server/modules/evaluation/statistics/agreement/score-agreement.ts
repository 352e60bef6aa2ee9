import type {
  AgreementMetric,
  AgreementReason,
  AgreementWeights,
  Coefficient,
  OptionAgreement,
} from "@/contracts/agreement";
import { bootstrapIntervals, type PatternStatistic, resamplesFor } from "../bootstrap";
import { fleissKappa, ratersOf } from "./fleiss-kappa";
import { gwetAc1 } from "./gwet-ac1";
import { krippendorffAlpha } from "./krippendorff-alpha";
import { optionPatterns } from "./option-patterns";
import { countsOf, type Pattern, pairable, workOf } from "./patterns";
import { type RankCell, weightedKappa } from "./weighted-kappa";

type Together = { n: number; alpha: Coefficient; fleiss: Coefficient; ac1: Coefficient };

/**
 * Agreement of all annotators together, with intervals from the same resamples of the records that at least two labelled.
 * @param patterns categories by number; a value each for Fleiss and Gwet, who know no order
 * @param measured the same records with the values that α measures, where these are others
 * @param categories how many there are to choose from
 */
export function scoreTogether({
  patterns,
  measured,
  metric,
  categories,
}: {
  patterns: readonly Pattern[];
  measured: readonly Pattern[];
  metric: AgreementMetric;
  categories: number;
}): Together {
  const n = pairable(patterns);
  const raters = ratersOf(patterns);
  const several = patterns.filter(({ values }) => values.length > 1);
  const alone = patterns.filter(({ values }) => values.length === 1);
  const ofAc1 = gwetAc1([...several, ...alone], categories);
  const fixed = countsOf(alone);
  const asked = [
    { statistic: fleissKappa(several), reason: raters === null ? "unequal_raters" : "single_category" },
    { statistic: (counts) => ofAc1([...counts, ...fixed]), reason: "single_category" },
  ] satisfies Asked[];
  const [fleiss, ac1] = coefficients(countsOf(several), asked, resamplesFor(workOf(several)));
  return { n, alpha: scoreAlpha(measured, metric), fleiss: orNothing(fleiss), ac1: orNothing(ac1) };
}

const NOTHING: Coefficient = { n: 0, value: null, interval: null, reason: "no_overlap" };
const orNothing = (coefficient: Coefficient | undefined): Coefficient => coefficient ?? NOTHING;

function scoreAlpha(patterns: readonly Pattern[], metric: AgreementMetric, resamples?: number): Coefficient {
  const several = patterns.filter(({ values }) => values.length > 1);
  const affordable = resamples ?? resamplesFor(workOf(several));
  const statistic = krippendorffAlpha(several, metric);
  const [alpha] = coefficients(countsOf(several), [{ statistic, reason: "single_category" }], affordable);
  return orNothing(alpha);
}

/**
 * α of giving each option or not, in their order.
 * @param categories the options that each number of the patterns stands for
 */
export function scoreEachOption(
  patterns: readonly Pattern[],
  categories: readonly (readonly string[])[],
  options: readonly string[],
): OptionAgreement[] {
  const several = patterns.filter(({ values }) => values.length > 1);
  const found = optionPatterns(several, categories, options);
  const each = options.map((value, at) => ({ value, patterns: found[at] ?? [] }));
  const resamples = resamplesFor(each.reduce((sum, option) => sum + workOf(option.patterns), 0));
  return each.map((option) => ({
    value: option.value,
    given: option.patterns.reduce(
      (sum, { values, count }) => sum + count * values.filter((value) => value === 1).length,
      0,
    ),
    alpha: scoreAlpha(option.patterns, "nominal", resamples),
  }));
}

export type PairScore = { n: number; agree: number; kappa: number | null } & Omit<Coefficient, "value" | "n">;

/**
 * Cohen's κ of two annotators, weighted or not, over the records that both labelled.
 * @param resamples see `resamplesFor`, of all pairs together
 */
export function scorePair(
  cells: readonly RankCell[],
  weights: AgreementWeights,
  resamples: number,
): PairScore {
  const statistic = weightedKappa(cells, weights);
  const [found] = coefficients(countsOf(cells), [{ statistic, reason: "single_category" }], resamples);
  const { n, value: kappa, interval, reason } = orNothing(found);
  const agree = cells.reduce((sum, { a, b, count }) => sum + (a === b ? count : 0), 0);
  return { n, agree, kappa, interval, reason };
}

type Asked = {
  statistic: PatternStatistic;
  /** Why it has no value, where there are records. */
  reason: AgreementReason;
};

function coefficients(counts: readonly number[], asked: readonly Asked[], resamples: number): Coefficient[] {
  const n = counts.reduce((sum, count) => sum + count, 0);
  if (n === 0) return asked.map(() => NOTHING);
  const values = asked.map(({ statistic }) => statistic(counts));
  const defined = asked.filter((_, at) => values[at] !== null);
  const intervals = bootstrapIntervals(
    counts,
    defined.map(({ statistic }) => statistic),
    resamples,
  );
  return asked.map((one, at): Coefficient => {
    const value = values[at] ?? null;
    const found = intervals[defined.indexOf(one)];
    if (value === null || !found) return { n, value: null, interval: null, reason: one.reason };
    return found.interval
      ? { n, value, interval: found.interval, reason: null }
      : { n, value, interval: null, reason: found.reason };
  });
}
