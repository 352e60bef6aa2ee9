import { z } from "zod";

/** How the number beside a label came about. */
export const confidenceMethod = z.enum(
  ["option-probability", "verbalised", "self-consistency", "agreement"],
  "must be option-probability, verbalised, self-consistency or agreement",
);
export type ConfidenceMethod = z.infer<typeof confidenceMethod>;

export const FEWEST_SAMPLES = 2;
export const MOST_SAMPLES = 20;
