/** A row whose options all have a probability. */
export type OptionRow = {
  /** Of each option of the label. */
  probabilities: readonly number[];
  /** The places of the option that was given and of the true one. */
  given: number;
  truth: number;
  weight: number;
};

export const LOWEST_TEMPERATURE = 0.05;
export const HIGHEST_TEMPERATURE = 20;

/** A probability below this counts as this: of an option without any, no temperature could make something. */
const LEAST_PROBABILITY = 1e-9;
const logits = (probabilities: readonly number[]) =>
  probabilities.map((probability) => Math.log(Math.max(probability, LEAST_PROBABILITY)));

/** Option probabilities at a temperature: p^(1/T), scaled to sum 1. Above 1 they come closer to each other. */
export function atTemperature(probabilities: readonly number[], temperature: number): number[] {
  return soften(logits(probabilities), 1 / temperature);
}

function soften(logProbabilities: readonly number[], inverse: number): number[] {
  const highest = Math.max(...logProbabilities);
  const powers = logProbabilities.map((log) => Math.exp(inverse * (log - highest)));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/**
 * The temperature at which the true options have the highest likelihood. In 1/T the log-likelihood is concave, so that
 * Newton's steps, halved where they leave the bracket, find its one maximum.
 *
 * Source: C. Guo, G. Pleiss, Y. Sun, K. Q. Weinberger (2017), "On calibration of modern neural networks", ICML.
 *
 * @param rows at least one
 * @returns null when the likelihood grows to the ends of what is looked at: as when every row is right, which any lower
 * temperature would fit better
 */
export function fitTemperature(rows: readonly OptionRow[]): number | null {
  const known = rows.map(({ probabilities, truth, weight }) => ({
    logs: logits(probabilities),
    truth,
    weight,
  }));
  const slopeAt = (inverse: number) => {
    let slope = 0;
    let curvature = 0;
    for (const { logs, truth, weight } of known) {
      const shares = soften(logs, inverse);
      let mean = 0;
      let square = 0;
      shares.forEach((share, at) => {
        const log = logs[at] ?? 0;
        mean += share * log;
        square += share * log * log;
      });
      slope += weight * (mean - (logs[truth] ?? 0));
      curvature += weight * (square - mean * mean);
    }
    return { slope, curvature };
  };
  let low = 1 / HIGHEST_TEMPERATURE;
  let high = 1 / LOWEST_TEMPERATURE;
  if (slopeAt(low).slope >= 0 || slopeAt(high).slope <= 0) return null;
  let inverse = 1;
  for (let step = 0; step < 100; step++) {
    const { slope, curvature } = slopeAt(inverse);
    if (slope > 0) high = inverse;
    else low = inverse;
    const newton = inverse - slope / curvature;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - inverse) < 1e-9 * inverse) return 1 / next;
    inverse = next;
  }
  return 1 / inverse;
}
