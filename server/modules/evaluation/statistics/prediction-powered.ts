import { type Interval, Z_95 } from "./wilson";

/** Sums over the rows of a random sample: truth y, prediction f of it, their squares and product. */
export type PairSums = { n: number; y: number; f: number; yy: number; ff: number; yf: number };

type PredictionPoweredInput = {
  sample: PairSums;
  /** The population that the sample was drawn from, with it: how many, and the sum of the predictions for all. */
  population: { size: number; f: number };
  /** How far predictions are trusted: 0 not at all, 1 as plain prediction-powered inference; left out: tuned. */
  lambda?: number | undefined;
};

type PredictionPowered = { mean: number; interval: Interval; lambda: number };

/**
 * Prediction-powered mean of y within [0, 1], with the λ that makes it most exact: θ = ȳ + λ (f̄ᵤ − f̄), where f̄ᵤ is the
 * mean prediction of the rows outside the sample. λ = 0 is the sample's own mean, λ = 1 plain PPI. Right for any
 * prediction, however bad; a good one makes it narrower.
 *
 * The population is finite and drawn from without replacement, so θ is the difference estimator with the coefficient
 * b = λ N / (N − n), and its variance (1 − n/N) · S²(y − b f)/n. The tuned λ is the paper's Cov(y, f)/Var(f) ÷
 * (1 + n/(N − n)), for which this variance is smallest: it is never above that of λ = 0.
 *
 * Sources: A. N. Angelopoulos, S. Bates, C. Fannjiang, M. I. Jordan and T. Zrnic (2023), "Prediction-powered inference",
 * Science 382:669–674; A. N. Angelopoulos, J. C. Duchi and T. Zrnic (2023), "PPI++", arXiv:2311.01453;
 * W. G. Cochran (1977), "Sampling Techniques", 7.3, for the finite population. The interval is normal, for samples that
 * hold some dozens of rows where y and f differ.
 *
 * @returns null for fewer than 2 rows
 * @throws RangeError when the sample is larger than the population
 */
export function predictionPowered({
  sample,
  population,
  lambda,
}: PredictionPoweredInput): PredictionPowered | null {
  const { n } = sample;
  if (n > population.size) throw new RangeError(`a sample of ${n} from ${population.size}`);
  if (n < 2) return null;
  const rest = population.size - n;
  const [meanY, meanF] = [sample.y / n, sample.f / n];
  if (rest === 0) return { mean: meanY, interval: [meanY, meanY], lambda: 0 };
  const spread = (products: number, one: number, other: number) => (products - n * one * other) / (n - 1);
  const varianceF = Math.max(0, spread(sample.ff, meanF, meanF));
  const covariance = spread(sample.yf, meanY, meanF);
  // Of a prediction that is always the same, rounding leaves a variance that is none.
  const slope = varianceF > 1e-12 ? covariance / varianceF : 0;
  const used = lambda ?? (slope * rest) / population.size;
  const b = (used * population.size) / rest;
  const mean = meanY + used * ((population.f - sample.f) / rest - meanF);
  const residual = spread(sample.yy, meanY, meanY) - 2 * b * covariance + b * b * varianceF;
  const half = Z_95 * Math.sqrt(((rest / population.size) * Math.max(0, residual)) / n);
  const within = (value: number) => Math.min(1, Math.max(0, value));
  return { mean: within(mean), interval: [within(mean - half), within(mean + half)], lambda: used };
}
