/** One step of a fit from one of its starts: what is maximised never falls from a step of a start to the next. */
export type FitStep = { start: number; objective: number };

/** Part of the objective under which a gain is none. */
const NO_GAIN = 1e-9;

/**
 * Steps until one gains nothing.
 * @param step takes one, and says what the objective is now
 * @returns how many it took, and whether it was ended before it had arrived
 */
export function* climb(
  start: number,
  mostSteps: number,
  step: () => number,
): Generator<FitStep, { objective: number; iterations: number; converged: boolean }> {
  let objective = Number.NEGATIVE_INFINITY;
  for (let iterations = 1; ; iterations++) {
    const now = step();
    yield { start, objective: now };
    const converged = now - objective <= NO_GAIN * (1 + Math.abs(now));
    objective = now;
    if (converged || iterations === mostSteps) return { objective, iterations, converged };
  }
}
