import type { LabelEstimate } from "@/contracts/estimates";
import { optionsOfKey } from "@/contracts/value-key";
import { byCodePoint } from "@/server/platform/code-point-order";
import { confidenceSequence } from "../confidence-sequence";
import { chooseEvidence, type Evidence } from "./choose-evidence";
import { type EstimatedShare, estimateShare } from "./estimate-share";
import { isRight, isUnsure, type LabelGroup, type SessionDraw, sizeOf } from "./label-group";
import { type LabelStratum, strataOf } from "./strata-of";

type EstimateInput = {
  /** All labels of the job, those that nobody looked at as well. */
  groups: readonly LabelGroup[];
  /** The sessions in which some of them were checked. */
  draws: readonly SessionDraw[];
  /** Of the label, in their order. */
  options: readonly string[];
};

/** How many of the largest gaps a reason names. */
const NAMED_GAPS = 3;
const NO_SHARE: EstimatedShare = { value: null, interval: null, method: null };

/** How good all labels of a job are and how often each option is right, from those that were checked. */
export function estimateLabels(input: EstimateInput): Omit<LabelEstimate, "asOf" | "jobId" | "label"> {
  const { groups, draws } = input;
  const candidates = chooseEvidence(groups, draws);
  const figures = candidates.map((evidence) => measure(input, evidence));
  const best = figures.find(({ accuracy }) => accuracy.value !== null) ?? figures.at(-1);
  if (best) return best;
  const population = sizeOf(groups);
  const reason =
    population === 0
      ? "The job has no such label on records that are there"
      : "Nobody has checked one of these labels by itself";
  return {
    ...common(input, {
      strata: strataOf(groups, []),
      n: 0,
      correct: 0,
      unsure: sizeOf(groups.filter(isUnsure)),
    }),
    basis: null,
    selection: null,
    accuracy: { value: null, interval: null, method: null, reason },
    always: { interval: null, reason },
    shares: sharesOf(input, () => NO_SHARE),
    reason,
  };
}

function measure(input: EstimateInput, evidence: Evidence): ReturnType<typeof estimateLabels> {
  const { groups } = input;
  const { basis, selection } = evidence;
  const strata = strataOf(groups, evidence.groups);
  const [n, correct] = [sizeOf(evidence.groups), sizeOf(evidence.groups.filter(isRight))];
  const accuracy = estimateShare({
    evidence,
    strata,
    success: isRight,
    predict: ({ conf, confSquares }) => ({ sum: conf, squares: confSquares }),
  });
  const reason = accuracy.value === null ? gapsOf(strata) : null;
  const unsure = groups.filter(
    (group) => isUnsure(group) && (basis === "verified" || group.kind === "blind"),
  );
  return {
    ...common(input, { strata, n, correct, unsure: sizeOf(unsure) }),
    basis,
    selection,
    accuracy: { ...accuracy, reason },
    always:
      selection === "random"
        ? { interval: confidenceSequence(correct, n, sizeOf(groups)), reason: null }
        : { interval: null, reason: "It needs labels that were drawn at random, each with the same chance" },
    // Where too little like the rest was checked, no option has a share either, however many there are.
    shares: sharesOf(input, (holds) =>
      accuracy.value === null
        ? NO_SHARE
        : estimateShare({
            evidence,
            strata,
            success: ({ truth }) => truth !== null && holds(truth),
            predict: ({ predicted, count }) => {
              const sum = holds(predicted) ? count : 0;
              return { sum, squares: sum };
            },
          }),
    ),
    reason,
  };
}

type CommonInput = { strata: readonly LabelStratum[]; n: number; correct: number; unsure: number };

function common({ groups }: EstimateInput, { strata, n, correct, unsure }: CommonInput) {
  return {
    n,
    population: sizeOf(groups),
    correct,
    unsure,
    together: sizeOf(groups.filter(({ kind }) => kind === "together")),
    strata: strata.map((stratum) => ({
      predicted: optionsOfKey(stratum.predicted),
      confFrom: stratum.confFrom,
      confTo: stratum.confTo,
      population: stratum.population,
      checked: stratum.checked,
      correct: stratum.correct,
    })),
  };
}

/** Whether the key of a value holds the option in question. */
type Holds = (key: string) => boolean;

/** The options of the schema, then such as stand in labels all the same. */
function sharesOf(
  { groups, options }: EstimateInput,
  estimate: (holds: Holds) => EstimatedShare,
): LabelEstimate["shares"] {
  const population = sizeOf(groups);
  const given = groups.flatMap(({ predicted, truth }) => [predicted, ...(truth === null ? [] : [truth])]);
  // Each key is read once, however many options and groups there are.
  const having = new Map(options.map((option) => [option, new Set<string>()]));
  for (const key of [...new Set(given)].sort(byCodePoint))
    for (const option of optionsOfKey(key)) having.set(option, (having.get(option) ?? new Set()).add(key));
  return [...having].map(([value, keys]) => {
    const holds = (key: string) => keys.has(key);
    const { value: share, interval, method } = estimate(holds);
    const raw = sizeOf(groups.filter(({ predicted }) => holds(predicted)));
    return { value, share, interval, method, raw: population === 0 ? null : raw / population };
  });
}

function gapsOf(strata: readonly LabelStratum[]): string {
  const gaps = strata
    .filter(({ checked }) => checked === 0)
    .sort((one, other) => other.population - one.population);
  const missing = gaps.reduce((sum, { population }) => sum + population, 0);
  const all = strata.reduce((sum, { population }) => sum + population, 0);
  const named = gaps.slice(0, NAMED_GAPS).map(gapWords);
  const more = gaps.length > NAMED_GAPS ? [`${gaps.length - NAMED_GAPS} more kinds`] : [];
  return `People chose what to check, and of ${missing} of the ${all} labels none like them was checked: ${[...named, ...more].join("; ")}`;
}

function gapWords({ predicted, confFrom, confTo }: LabelStratum): string {
  const value = optionsOfKey(predicted).join(", ");
  if (confFrom === null || confTo === null) return `${value} without confidence`;
  return `${value} with confidence ${confFrom.toFixed(2)} to ${confTo.toFixed(2)}`;
}
