import type { Acceptance, AcceptPlan, AcceptStep } from "@/contracts/acceptance";
import type { Query } from "@/contracts/query";

type Format = {
  count: (value: number) => string;
  counted: (value: number, one: string, many?: string) => string;
  share: (value: number, digits?: number) => string;
};

const HALF = 0.5;

/** "about 6 h", "about 40 min"; less than a minute is one. */
export function hoursWords(hours: number): string {
  if (hours >= 1) return `about ${Math.round(hours)} h`;
  return `about ${Math.max(1, Math.round(60 * hours))} min`;
}

const digitsOf = (share: number): number => (Math.abs(100 * share - Math.round(100 * share)) < 1e-9 ? 0 : 1);
const short = (share: number, format: Format): string => format.share(share, digitsOf(share));

/** "≤ 2% errors at 95% confidence". */
export const promiseWords = (
  { epsilon, alpha }: Pick<AcceptPlan, "epsilon" | "alpha">,
  format: Format,
): string => `≤ ${short(epsilon, format)} errors at ${short(1 - alpha, format)} confidence`;

/** "≤ 2% errors at 95% confidence: accept 41,200, verify 8,800, about 6 h". Null while nothing can be promised. */
export function planWords(
  plan: Pick<AcceptPlan, "epsilon" | "alpha" | "accepted" | "toVerify" | "hours">,
  format: Format,
): string | null {
  const { accepted, toVerify, hours } = plan;
  if (accepted === null) return null;
  const rest =
    toVerify === 0
      ? "and nothing is left to verify"
      : `verify ${format.count(toVerify)}${hours === null ? "" : `, ${hoursWords(hours)}`}`;
  return `${promiseWords(plan, format)}: accept ${format.count(accepted)}, ${rest}`;
}

/** What a promise rests on, in a sentence. */
export const evidenceWords = (
  { checked, errors, bound }: Pick<Acceptance, "checked" | "errors" | "bound">,
  format: Format,
): string =>
  `Of these, ${format.counted(checked, "label")} ${checked === 1 ? "was" : "were"} drawn at random and verified blind: ${format.count(errors)} wrong, so at most ${format.share(bound, 2)} of all.`;

/**
 * How many labels a session must draw so that so many come in that were not checked before.
 * Null where that can't be told, or more would be needed than there are.
 */
export function sampleSize({ needed, total, n }: Pick<AcceptPlan, "needed" | "total" | "n">): number | null {
  if (needed === null || needed === 0 || n >= total) return null;
  return Math.min(total, Math.ceil((needed * total) / (total - n) - 1e-9));
}

/** Records whose label would not be accepted, and that nobody has verified. */
export function restQuery({ jobId, label }: Pick<AcceptPlan, "jobId" | "label">, threshold: number): Query {
  const annotators = [jobId];
  return {
    and: [
      { label: { name: label, op: "exists", annotators } },
      { not: { labelMetadata: { label, name: "conf", op: ">=", value: threshold, annotators } } },
      { verification: { label, mode: "UNVERIFIED", jobIds: annotators } },
    ],
  };
}

/** Steps for a table: near each tenth of the labels, and the one that was chosen. */
export function toldSteps(curve: readonly AcceptStep[], threshold: number | null): AcceptStep[] {
  const told = new Set(curve.filter((step) => step.threshold === threshold));
  for (let tenth = 1; tenth <= 10; tenth++) {
    const near = curve.find(({ coverage }) => coverage >= tenth / 10 - HALF / 100);
    if (near) told.add(near);
  }
  const last = curve.at(-1);
  if (last) told.add(last);
  return curve.filter((step) => told.has(step));
}
