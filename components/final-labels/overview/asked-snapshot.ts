import type { z } from "zod";
import type { createAggregationInput } from "@/contracts/aggregation";
import type { FinalLabelsAddress } from "./use-final-labels-address";

/** Votes added to each cell of a smoothed estimate. */
const SMOOTHING = 0.01;

type Choice = Pick<FinalLabelsAddress, "policy" | "annotators" | "versions" | "weights" | "smooth">;

/**
 * What is asked of the server for what was chosen: nothing that its policy doesn't know. Weighted votes name everybody
 * who counts.
 * @param labellers the ids of all who labelled
 */
export function askedSnapshot(
  where: { project: string; label: string },
  { policy, annotators, versions, weights, smooth }: Choice,
  labellers: readonly string[],
): z.infer<typeof createAggregationInput> {
  const asked = { ...where, policy, versions, ...(annotators ? { annotators } : {}) };
  if (policy === "weighted") {
    const counted = annotators ?? labellers;
    return { ...asked, weights: Object.fromEntries(counted.map((id) => [id, weights[id] ?? 1])) };
  }
  return policy === "dawid-skene" && smooth ? { ...asked, smoothing: SMOOTHING } : asked;
}
