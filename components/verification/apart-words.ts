import type { VerdictsApart } from "@/contracts/sessions";

/** Verdicts on which no share with an interval rests, as in "54 decided together, 2 contradicting". */
export const apartWords = (
  { together, contradicting }: VerdictsApart,
  count: (value: number) => string = String,
): string[] => [
  ...(together > 0 ? [`${count(together)} decided together`] : []),
  ...(contradicting > 0 ? [`${count(contradicting)} contradicting`] : []),
];
