import type { FinalProvenance } from "@/contracts/aggregation";
import type { JsonValue } from "@/contracts/common";
import { outcomeInSight } from "@/server/modules/sight";
import { rawSql, type Sql, sql } from "@/server/platform/sql";
import { type Column, type ExportSource, exportSource, optionsCell } from "../column";
import { type FoundSnapshot, snapshotHeader } from "./find-snapshots";
import { type ExportScope, isAfter } from "./label-scope";

type FinalRow = {
  recordId: string;
  externalId: string;
  content: string;
  label: string;
  value: string[];
  tie: string[];
  policy: string;
  confidence: number | null;
  provenance: FinalProvenance;
  schemaVersion: number;
  snapshotId: string;
};

type DecidedBy = "reconciliation" | "verdict" | "accepted" | "votes" | "model" | "tie";

/** One as it is, several as a list, none as null. */
const oneOrMore = (values: (string | number)[]): JsonValue =>
  values.length > 1 ? values : (values[0] ?? null);
const finalValue = ({ value }: FinalRow) => (value.length > 0 ? value : null);
const tieOf = ({ tie }: FinalRow) => (tie.length > 0 ? tie : null);

/** Whose word the value is, in one word: a person's decision or verdict, a job's by a promise, the annotators' votes, what a model makes of them, or nobody's. */
function decidedBy({ tie, provenance: { source } }: FinalRow): DecidedBy {
  if (tie.length > 0) return "tie";
  return source === "majority" || source === "weighted" ? "votes" : source;
}

const columns: Column<FinalRow>[] = [
  { name: "record_id", value: (row) => row.recordId },
  { name: "external_id", value: (row) => row.externalId },
  { name: "content", value: (row) => row.content },
  { name: "label", value: (row) => row.label },
  { name: "value", type: "texts", value: finalValue, cell: (row) => optionsCell(finalValue(row)) },
  { name: "policy", value: (row) => row.policy },
  { name: "confidence", type: "number", value: (row) => row.confidence },
  { name: "verifier", value: (row) => row.provenance.verifier?.id ?? null },
  { name: "verdict", value: (row) => row.provenance.verdict },
  {
    name: "job_id",
    type: "texts",
    value: ({ provenance }) => oneOrMore(provenance.jobs.map((job) => job.jobId)),
  },
  {
    name: "agent_id",
    type: "texts",
    value: ({ provenance }) => oneOrMore(provenance.jobs.map((job) => job.agentId)),
  },
  {
    name: "agent_version",
    type: "numbers",
    value: ({ provenance }) => oneOrMore(provenance.jobs.map((job) => job.agentVersion)),
  },
  { name: "schema_version", type: "number", value: (row) => row.schemaVersion },
  { name: "snapshot_id", value: (row) => row.snapshotId },
  { name: "decided_by", value: decidedBy },
  { name: "verifier_name", value: (row) => row.provenance.verifier?.name ?? null },
  { name: "acceptance_id", value: (row) => row.provenance.acceptanceId ?? null },
  { name: "tie", type: "texts", value: tieOf, cell: (row) => optionsCell(tieOf(row)) },
];

/** Final labels of these snapshots, in the order of the records, then of the snapshots. */
export function finalLabelExport(scope: ExportScope, snapshots: readonly FoundSnapshot[]): ExportSource {
  return exportSource(
    sql`select r."id" as "recordId", r."externalId", r."content", g."labelName" as "label", f."value", f."tie", g."policy",
        f."confidence", f."provenance", g."schemaVersion", g."id" as "snapshotId"
      from ${finalLabels(scope, snapshots)}
      join "Aggregation" g on g."projectId" = ${scope.projectId}::uuid and g."id" = f."aggregationId"
      where ${outcomeInSight(scope.sight, rawSql(`f."recordId"`), rawSql(`g."labelName"`))}
      order by ${finalOrder(snapshots)}`,
    columns,
    snapshotHeader(snapshots),
  );
}

/**
 * `"FinalLabel" f` joined with `"Record" r`. The rows of one snapshot are read in their own order; of several, record by
 * record, so that the first row needs no sort of all.
 */
function finalLabels(scope: ExportScope, snapshots: readonly FoundSnapshot[]): Sql {
  const ids = snapshots.map(({ id }) => id);
  const [only] = ids;
  const which =
    ids.length === 1
      ? sql`f."aggregationId" = ${only ?? ""}::uuid`
      : sql`f."aggregationId" = any(${ids}::uuid[])`;
  return sql`"FinalLabel" f
    join "Record" r on r."projectId" = ${scope.projectId}::uuid and r."id" = f."recordId" and ${scope.records}
      and f."projectId" = ${scope.projectId}::uuid and ${which}
      and ${isAfter(scope, rawSql(ids.length === 1 ? `f."position"` : `r."position"`))}`;
}

/** The order of {@link finalLabels}. */
const finalOrder = (snapshots: readonly FoundSnapshot[]): Sql =>
  snapshots.length === 1
    ? rawSql(`f."position"`)
    : sql`r."position", array_position(${snapshots.map(({ id }) => id)}::uuid[], f."aggregationId")`;
