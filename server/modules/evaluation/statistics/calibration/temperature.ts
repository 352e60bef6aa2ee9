/** A row whose options all have a probability. */
export type OptionRow = {
  /** Of each option of the label. */
  probabilities: readonly number[];
  /** The places of the option that was given and of the true one. */
  given: number;
  truth: number;
  weight: number;
};

const LOWEST_TEMPERATURE = 0.05;
const HIGHEST_TEMPERATURE = 20;

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
 * @param near a temperature that may be near to it: the search begins there
 * @returns null when the likelihood grows to the ends of what is looked at: as when every row is right, which any lower
 * temperature would fit better
 */
export function fitTemperature(rows: readonly OptionRow[], near = 1): number | null {
  const known = rows.map(({ probabilities, truth, weight }) => ({
    logs: logits(probabilities),
    truth,
    weight,
  }));
  const slopeAt = (inverse: number) => {
    let slope = 0;
    let curvature = 0;
    for (const { logs, truth, weight } of known) {
      // Without a list for each row: this runs some ten times over all rows and options, for each fold.
      const highest = Math.max(...logs);
      let sum = 0;
      let first = 0;
      let second = 0;
      for (const log of logs) {
        const power = Math.exp(inverse * (log - highest));
        sum += power;
        first += power * log;
        second += power * log * log;
      }
      const mean = first / sum;
      slope += weight * (mean - (logs[truth] ?? 0));
      curvature += weight * (second / sum - mean * mean);
    }
    return { slope, curvature };
  };
  let low = 1 / HIGHEST_TEMPERATURE;
  let high = 1 / LOWEST_TEMPERATURE;
  let inverse = 1 / near;
  for (let step = 0; step < 100; step++) {
    const { slope, curvature } = slopeAt(inverse);
    if (slope > 0) high = inverse;
    else low = inverse;
    const newton = inverse - slope / curvature;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    const settled = Math.abs(next - inverse) < 1e-8 * inverse;
    inverse = next;
    if (settled) break;
  }
  const found = 1 / inverse;
  return found > LOWEST_TEMPERATURE * (1 + 1e-6) && found < HIGHEST_TEMPERATURE * (1 - 1e-6) ? found : null;
}
