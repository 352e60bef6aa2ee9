import type { AgreementReason, Coefficient } from "@/contracts/agreement";

type Format = { share: (value: number, digits?: number) => string };

/** Below the first Krippendorff (2019) draws no conclusions from labels, from the second on he relies on them. */
const TENTATIVE = 0.667;
const RELIABLE = 0.8;

/** What α says, in sentences: how often annotators differ, and where its interval lies. */
export function alphaWords({ value, interval, reason }: Omit<Coefficient, "n">, format: Format): string {
  if (value === null) return `${agreementReason(reason)}.`;
  const differ =
    value >= 1
      ? "They never differ."
      : value <= 0
        ? "They agree no more often than chance would make them."
        : `They differ ${format.share(1 - value, 0)} as often as chance would make them.`;
  if (!interval) return `${differ} ${agreementReason(reason)}.`;
  return `${differ} ${placeOf(interval)}`;
}

function placeOf([low, high]: readonly [number, number]): string {
  if (low >= RELIABLE)
    return "The whole interval lies above 0.80, from which on Krippendorff relies on labels.";
  if (high < TENTATIVE)
    return "The whole interval lies below 0.667, under which Krippendorff draws no conclusions.";
  if (low >= TENTATIVE && high < RELIABLE)
    return "The whole interval lies between 0.667 and 0.80, where Krippendorff draws tentative conclusions only.";
  const within = [TENTATIVE, RELIABLE].filter((bound) => low < bound && bound <= high);
  return within.length === 2
    ? "The interval is wide: it reaches from under 0.667, where Krippendorff draws no conclusions, to 0.80, from which on he relies on labels."
    : within[0] === RELIABLE
      ? "The interval reaches over 0.80: whether Krippendorff would rely on these labels is open."
      : "The interval reaches under 0.667: whether Krippendorff would draw any conclusion is open.";
}

/** Why a figure, or its interval, is not there. */
export function agreementReason(reason: AgreementReason | null): string {
  return reason === null ? "It is not there" : reasons[reason];
}

const reasons: Record<AgreementReason, string> = {
  no_overlap: "No record was labelled by two of them",
  single_category: "All gave one and the same value, so chance alone would agree fully",
  unequal_raters: "It needs the same number of labels on every record, and these have different numbers",
  too_few_records: "There is no interval: it needs at least 10 records",
  no_spread: "There is no interval: no drawing of the records anew changes the figure",
  often_undefined: "There is no interval: in too many drawings of the records anew the figure is undefined",
  too_many_combinations: "There is no interval: the values are too varied to draw the records anew",
};

/** The step of one hue for a κ, 0 to 5: none below 0, the deepest from 0.8 on. */
export const kappaStep = (kappa: number): number => Math.min(5, Math.max(0, Math.floor(5 * kappa) + 1));
