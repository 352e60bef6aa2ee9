import type { AggregationModel } from "@/contracts/aggregation";
import { rawSql, type Sql, sql } from "@/server/platform/sql";
import { type Ballot, type Run, readBallot, votes } from "./ballot";
import type { DecideInput } from "./decide-input";
import { decisions } from "./decisions";
import { type EstimatingPolicy, estimate, isEstimating, MAX_PATTERNS, type PatternCount } from "./estimate";
import { OUTCOME_COLUMNS, outcomesOf, patternDecisions } from "./pattern-decisions";

/** With more values than these an estimate takes longer than a request should. */
const QUICK_VALUES = 20;
/** Steps of an estimate that is only a preview. */
const PREVIEW_STEPS = 100;
/** Patterns whose outcomes are sent in one statement. */
const CHUNK = 2000;

/**
 * Whether deciding takes long because of the policy alone.
 * @throws AppError `invalid` where a label was given too many different values for it
 */
export async function takesLong(run: Run, input: DecideInput): Promise<boolean> {
  if (!isEstimating(input.policy)) return false;
  return (await readBallot(run, input)).values.length > QUICK_VALUES;
}

export type Decided = {
  /** A `select` with the columns of {@link decisions}. */
  decided: Sql;
  /** What the policy found out about the annotators, where it is one that estimates. */
  model: AggregationModel | null;
};

/**
 * What every record gets, under any policy. Where a policy estimates, that is done first, so all statements, also the one
 * that is returned, want one view of the data: a transaction that repeats its reads.
 * @param quick for a preview of much: the estimate may end before it has quite arrived
 */
export async function decide(run: Run, input: DecideInput, { quick }: { quick: boolean }): Promise<Decided> {
  const { policy } = input;
  if (!isEstimating(policy)) return { decided: decisions(input), model: null };
  const ballot = await readBallot(run, input);
  const counted = await run<PatternCount>(mostPatterns(countPatterns(input, ballot)));
  const pace = quick ? { mostSteps: PREVIEW_STEPS } : {};
  const estimated = await estimate({ ...input, policy }, ballot, counted, pace);
  return { decided: patternDecisions(input, ballot, outcomesOf(estimated)), model: estimated.model };
}

export type DecidedInBatches = {
  /** @param records the condition on `"Record" r` that makes a batch */
  decidedOf: (records: Sql) => Sql;
  model: AggregationModel | null;
};

type Batches = {
  /** Conditions on `"Record" r` that together hold for every record, each for some. */
  batches: Iterable<Sql>;
  /** Called after each batch and step. */
  onStep: () => Promise<void>;
};

/**
 * As {@link decide}, for any number of records: patterns are counted batch by batch, and what each gets is kept in a
 * temporary table of the connection.
 */
export async function decideInBatches(
  run: Run,
  input: DecideInput,
  { batches, onStep }: Batches,
): Promise<DecidedInBatches> {
  const { policy } = input;
  if (!isEstimating(policy)) return { decidedOf: (records) => decisions({ ...input, records }), model: null };
  const ballot = await readBallot(run, input);
  await run(rawSql(`create temp table vote_patterns ("pattern" text not null, "records" int not null)`));
  for (const records of batches) {
    await run(sql`insert into vote_patterns ${countPatterns({ ...input, records }, ballot)}`);
    await onStep();
  }
  const counted = await run<PatternCount>(
    mostPatterns(rawSql(`select "pattern", sum("records")::int as "records" from vote_patterns group by 1`)),
  );
  const model = await keepOutcomes(run, { input: { ...input, policy }, ballot, counted, onStep });
  return {
    decidedOf: (records) =>
      patternDecisions({ ...input, records }, ballot, rawSql("pattern_outcomes as outcome")),
    model,
  };
}

type Counted = {
  input: DecideInput & { policy: EstimatingPolicy };
  ballot: Ballot;
  counted: readonly PatternCount[];
  onStep: () => Promise<void>;
};

async function keepOutcomes(
  run: Run,
  { input, ballot, counted, onStep }: Counted,
): Promise<AggregationModel> {
  const estimated = await estimate(input, ballot, counted, { onStep });
  await run(rawSql(`create temp table pattern_outcomes (${OUTCOME_COLUMNS})`));
  for (let from = 0; from < counted.length; from += CHUNK)
    await run(
      sql`insert into pattern_outcomes select * from ${outcomesOf(estimated, { from, to: from + CHUNK })}`,
    );
  await run(rawSql("analyze pattern_outcomes"));
  return estimated.model;
}

const countPatterns = (input: DecideInput, ballot: Ballot): Sql =>
  sql`select v."pattern", count(*)::int as "records" from (${votes(input, ballot)}) v group by v."pattern"`;

/** In an order that depends on nothing else; one more than are allowed tells that there are too many. */
const mostPatterns = (counted: Sql): Sql =>
  sql`select * from (${counted}) p order by p."pattern" collate "C" limit ${MAX_PATTERNS + 1}::int`;
