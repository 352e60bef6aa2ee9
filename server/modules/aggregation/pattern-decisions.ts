import type { FinalProvenance } from "@/contracts/aggregation";
import { optionsOfKey } from "@/contracts/value-key";
import { rawSql, type Sql, sql } from "@/server/platform/sql";
import { type Ballot, votes } from "./ballot";
import type { DecideInput } from "./decide-input";
import { decisions } from "./decisions";
import type { Estimate } from "./estimate";
import { outcomeOf } from "./policies/outcome";

/** What all records of one pattern get. */
type PatternRow = {
  pattern: string;
  value: string[];
  tie: string[];
  confidence: number | null;
  entropy: number;
  provenance: FinalProvenance;
};

/** Columns of a relation of such rows, with their types. */
export const OUTCOME_COLUMNS = `"pattern" text, "value" text[], "tie" text[], "confidence" float8, "entropy" float8,
  "provenance" jsonb`;

/** What an estimate gives its patterns, or those from `from` up to `to`, as a relation of {@link OUTCOME_COLUMNS}. */
export function outcomesOf(
  estimated: Estimate,
  { from, to }: { from: number; to: number } = { from: 0, to: estimated.patterns.length },
): Sql {
  const rows = estimated.patterns
    .slice(from, to)
    .map((pattern, index) => patternRow(estimated, { pattern, row: from + index }));
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as outcome (${rawSql(OUTCOME_COLUMNS)})`;
}

function patternRow(
  { policy, table, voters, fit }: Estimate,
  { pattern, row }: { pattern: string; row: number },
): PatternRow {
  const { value, tie = [], confidence, entropy, annotatorIds, votes: cast } = outcomeOf(table, fit, row);
  return {
    pattern,
    value: value === null ? [] : optionsOfKey(value),
    tie,
    confidence,
    entropy,
    provenance: {
      source: policy === "weighted" ? "weighted" : "model",
      verdictId: null,
      verifier: null,
      verdict: null,
      annotators: annotatorIds,
      jobs: voters.flatMap(({ id, job }) =>
        job && annotatorIds.includes(id) ? [{ jobId: id, ...job }] : [],
      ),
      votes: cast,
    },
  };
}

/**
 * The same as `decisions` under a policy that says something of each pattern: every record gets what its pattern got,
 * but for those that people reconciled. Their votes were counted nonetheless.
 * @param found a relation of {@link OUTCOME_COLUMNS}
 */
export function patternDecisions(input: DecideInput, ballot: Ballot, found: Sql): Sql {
  // The majority of nobody: what was reconciled is all that is left.
  const reconciled = decisions({ ...input, policy: "majority", annotators: [] });
  return sql`with reconciled as materialized (${reconciled}), voted as (${votes(input, ballot)})
    select * from reconciled
    union all
    select v."recordId", v."position", outcome."value", outcome."tie", outcome."confidence", outcome."entropy",
      outcome."provenance",
      null::jsonb as "spans"
    from voted v join ${found} on outcome."pattern" = v."pattern"
    where not exists (select 1 from reconciled z where z."recordId" = v."recordId")`;
}
