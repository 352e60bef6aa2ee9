import { type ScoredRow, weightedMean } from "./scored-row";

/** A confidence of 0 or 1 counts as this far from it: one such row that is wrong would make the mean infinite. */
const NEAREST = 1e-6;

/** Mean of −ln of the probability that the confidence gave to what came true, in nats; less is better. */
export function logLoss(rows: readonly ScoredRow[]): number {
  return weightedMean(rows, ({ conf, correct }) => {
    const held = Math.min(Math.max(conf, NEAREST), 1 - NEAREST);
    return -Math.log(correct ? held : 1 - held);
  });
}
