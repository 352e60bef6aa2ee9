/** On how many records gold says `gold` and an annotator gave `given` (value keys, see `valueKey`). */
export type ConfusionCell = { gold: string; given: string; count: number };

/** Who of two annotators is right on a record. */
export type Right = "both" | "onlyA" | "onlyB" | "neither";

/** On how many records annotator A gave `a`, B gave `b`, and gold says who is right; null where it says nothing. */
export type PairCell = { a: string; b: string; right: Right | null; count: number };
