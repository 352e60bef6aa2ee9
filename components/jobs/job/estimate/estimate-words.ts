import type { EstimateMethod, LabelEstimate } from "@/contracts/estimates";

type Count = (count: number, one: string, many?: string) => string;

/** What an estimate rests on, and what has to hold for it. One sentence each. */
export function groundsOf(
  { n, population, basis, selection, unsure, together }: LabelEstimate,
  counted: Count,
): string[] {
  if (basis === null || selection === null) return leftOut({ unsure, together }, counted);
  const from = counted(n, "label");
  const all = counted(population, "label");
  const seen =
    basis === "blind"
      ? "People decided before they saw what the agent gave."
      : "People saw what the agent gave first, and agree with what they are shown more often than they would by themselves.";
  const chosen = {
    random: `Rests on ${from} checked at random, of ${all}.`,
    weighted: `Rests on ${from} drawn with known chances from ${all}, each weighed by the inverse of its chance.`,
    chosen: `Rests on ${from} that people chose or that came first by confidence, of ${all}, weighed by what the agent gave and how sure it was. It holds if, among labels that are alike in both, nothing else decided which ones were checked.`,
  };
  return [chosen[selection], seen, ...leftOut({ unsure, together }, counted)];
}

function leftOut({ unsure, together }: Pick<LabelEstimate, "unsure" | "together">, counted: Count): string[] {
  return [
    ...(unsure > 0 ? [`Not in it: ${counted(unsure, "label")} on which people can't tell.`] : []),
    ...(together > 0
      ? [`Not in it: ${counted(together, "label")} verified at one stroke, which says nothing of each.`]
      : []),
  ];
}

/** What the interval is, as it is read with the number. */
export const methodWords: Record<EstimateMethod, string> = {
  wilson: "95% Wilson interval for a part of all labels",
  "ppi++": "95% prediction-powered interval",
  hajek: "95% interval, weighed by chances",
  stratified: "95% interval, by label and confidence",
};
