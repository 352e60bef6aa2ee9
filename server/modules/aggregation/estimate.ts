import { setImmediate } from "node:timers/promises";
import type { AggregationModel, AggregationPolicy } from "@/contracts/aggregation";
import { AppError } from "@/server/platform/errors";
import type { Ballot, Voter } from "./ballot";
import type { DecideInput } from "./decide-input";
import { affordableSteps } from "./policies/affordable-steps";
import type { FitStep } from "./policies/climb";
import { fitDawidSkene } from "./policies/dawid-skene";
import { fitMace } from "./policies/mace";
import { rateAnnotators } from "./policies/rate-annotators";
import { shareVotes } from "./policies/share-votes";
import type { Fit, VotePattern, VoteTable } from "./policies/vote-table";
import { weightedMajority } from "./policies/weighted-majority";

/** How many records have one pattern of `votes`. */
export type PatternCount = { pattern: string; records: number };

/** What a policy says of every pattern, and what it found out about the annotators. */
export type Estimate = {
  policy: EstimatingPolicy;
  /** Its rows are those of `patterns`, its annotators those of `voters`. */
  table: VoteTable;
  voters: Voter[];
  patterns: string[];
  fit: Fit;
  model: AggregationModel;
};

export type EstimatingPolicy = Exclude<AggregationPolicy, "verified-first" | "majority">;

export const isEstimating = (policy: AggregationPolicy): policy is EstimatingPolicy =>
  policy === "weighted" || policy === "dawid-skene" || policy === "mace";

/** Patterns that are kept in memory, and cells of what is estimated of them. */
export const MAX_PATTERNS = 300_000;
const MAX_CELLS = 4_000_000;
/** Cells of all annotators' confusions that a snapshot keeps. */
const MAX_TOLD = 20_000;
/** Shares are told with four digits; of those below, none. */
const LEAST_TOLD = 0.0001;

type Pace = {
  /** Ends the estimate early, where it is no more than a preview; earlier still where a step is a large one. */
  mostSteps?: number;
  /** Called after each step, between which other work gets its turn. */
  onStep?: () => Promise<void>;
};

/**
 * Applies a policy to counted patterns.
 * @throws AppError `too_many_patterns` where they are too many to hold
 */
export async function estimate(
  input: DecideInput & { policy: EstimatingPolicy },
  ballot: Ballot,
  counted: readonly PatternCount[],
  pace: Pace = {},
): Promise<Estimate> {
  const { table, voters } = tableOf(input, ballot, counted);
  if (counted.length > MAX_PATTERNS || counted.length * table.values.length > MAX_CELLS) refusePatterns();
  const fit = await settle(stepsOf(input, table, pace), pace);
  const patterns = counted.map(({ pattern }) => pattern);
  return {
    policy: input.policy,
    table,
    voters,
    patterns,
    fit,
    model: modelOf(input, { table, voters, fit }),
  };
}

function refusePatterns(): never {
  throw new AppError(
    "too_many_patterns",
    "The annotators' labels combine in too many ways to be weighed against each other. Name fewer annotators, or choose majority or verified-first.",
    { errors: [{ path: "annotators", message: "give labels that combine in too many ways" }] },
  );
}

function* stepsOf(
  { policy, smoothing }: DecideInput & { policy: EstimatingPolicy },
  table: VoteTable,
  { mostSteps }: Pace,
): Generator<FitStep, Fit> {
  const most = mostSteps === undefined ? {} : { mostSteps: Math.min(mostSteps, affordableSteps(table)) };
  if (policy === "dawid-skene") return yield* fitDawidSkene(table, { smoothing: smoothing ?? 0, ...most });
  if (policy === "mace") return yield* fitMace(table, most);
  return weightedMajority(table);
}

/** Step by step, so that a long fit holds up nothing else in the process. */
async function settle(steps: Generator<FitStep, Fit>, { onStep = () => setImmediate() }: Pace): Promise<Fit> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await onStep();
  }
}

/** The counted patterns as a table of those who voted and what was given. */
function tableOf(
  { weights }: DecideInput,
  ballot: Ballot,
  counted: readonly PatternCount[],
): { table: VoteTable; voters: Voter[] } {
  const read = counted.map(({ pattern, records }) => ({ ...readPattern(pattern), records }));
  const who = placesOf(read.map(({ raters }) => raters));
  const what = placesOf(read.map(({ given }) => given));
  const voters = ballot.voters.filter((_, place) => who.has(place));
  const share = sharing(voters, weights ?? {});
  const patterns = read.map(
    ({ raters, given, records }): VotePattern => ({
      ...share(raters.map((place) => who.get(place) ?? 0)),
      given: given.map((place) => what.get(place) ?? 0),
      records,
    }),
  );
  const annotators = voters.map(({ id }) => id);
  const values = ballot.values.filter((_, place) => what.has(place));
  return { table: { annotators, values, patterns }, voters };
}

/** Who votes, and what each of these votes counts. The same few on many patterns are kept once. */
function sharing(
  voters: readonly Voter[],
  weights: Readonly<Record<string, number>>,
): (raters: readonly number[]) => Pick<VotePattern, "raters" | "weights"> {
  const families = voters.map(({ family }) => family);
  const worth = voters.map(({ id }) => weights[id] ?? 1);
  const known = new Map<string, Pick<VotePattern, "raters" | "weights">>();
  return (raters) => {
    const key = raters.join();
    const shared = known.get(key) ?? { raters, weights: shareVotes(raters, families, worth) };
    known.set(key, shared);
    return shared;
  };
}

/** Places in the ballot's lists, from 0. */
function readPattern(pattern: string): { raters: number[]; given: number[] } {
  const pairs = pattern.split(",").map((pair) => pair.split(":"));
  return {
    raters: pairs.map(([voter]) => Number(voter) - 1),
    given: pairs.map(([, value]) => Number(value) - 1),
  };
}

/** The places that occur, in their order, each with its new place. */
function placesOf(lists: readonly (readonly number[])[]): Map<number, number> {
  const places = new Set<number>();
  for (const list of lists) for (const place of list) places.add(place);
  return new Map([...places].sort((a, b) => a - b).map((place, index) => [place, index]));
}

function modelOf(
  { policy, weights }: DecideInput,
  { table, voters, fit }: Pick<Estimate, "table" | "voters" | "fit">,
): AggregationModel {
  const estimated = policy !== "weighted";
  const told = estimated && voters.length * table.values.length ** 2 <= MAX_TOLD;
  const rated = rateAnnotators(table, fit);
  return {
    annotators: voters.map(({ id, name }, index) => {
      const of = rated[index];
      return {
        id,
        name,
        votes: of?.votes ?? 0,
        weight: weights?.[id] ?? null,
        accuracy: estimated ? (of?.accuracy ?? null) : null,
        trust: fit.trust?.[index] ?? null,
        confusion: told && of ? tell(of.confusion) : null,
      };
    }),
    logLikelihood: fit.logLikelihood,
    iterations: fit.iterations,
    converged: fit.converged,
    families: familiesOf(voters),
  };
}

const tell = (confusion: ReadonlyMap<string, ReadonlyMap<string, number>>) =>
  Object.fromEntries(
    [...confusion].map(([truth, given]) => [
      truth,
      Object.fromEntries(
        [...given]
          .filter(([, share]) => share >= LEAST_TOLD)
          .map(([value, share]) => [value, Number(share.toFixed(4))]),
      ),
    ]),
  );

/** Families of more than one voter. */
function familiesOf(voters: readonly Voter[]): AggregationModel["families"] {
  const families = new Map<string, string[]>();
  for (const { id, family } of voters)
    if (family !== null) families.set(family, [...(families.get(family) ?? []), id]);
  return [...families]
    .filter(([, annotators]) => annotators.length > 1)
    .map(([family, annotators]) => ({ family, annotators }));
}
