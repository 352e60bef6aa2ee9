import type { FinalProvenance } from "@/contracts/aggregation";
import type { JsonValue } from "@/contracts/common";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { queryRows, rawSql, sql } from "@/server/platform/sql";
import { type Column, type ExportSource, exportSource, optionsCell } from "../column";
import { type ExportScope, isAskedFor, labelPosition } from "./label-scope";

type FinalRow = {
  recordId: string;
  externalId: string;
  content: string;
  label: string;
  value: string[];
  policy: string;
  confidence: number | null;
  provenance: FinalProvenance;
  schemaVersion: number;
  snapshotId: string;
};

/** One as it is, several as a list, none as null. */
const oneOrMore = (values: (string | number)[]): JsonValue =>
  values.length > 1 ? values : (values[0] ?? null);
const finalValue = ({ value }: FinalRow) => (value.length > 0 ? value : null);

const columns: Column<FinalRow>[] = [
  { name: "record_id", value: (row) => row.recordId },
  { name: "external_id", value: (row) => row.externalId },
  { name: "content", value: (row) => row.content },
  { name: "label", value: (row) => row.label },
  { name: "value", value: finalValue, cell: (row) => optionsCell(finalValue(row)) },
  { name: "policy", value: (row) => row.policy },
  { name: "confidence", value: (row) => row.confidence },
  { name: "verifier", value: (row) => row.provenance.verifier?.id ?? null },
  { name: "verdict", value: (row) => row.provenance.verdict },
  { name: "job_id", value: ({ provenance }) => oneOrMore(provenance.jobs.map((job) => job.jobId)) },
  { name: "agent_id", value: ({ provenance }) => oneOrMore(provenance.jobs.map((job) => job.agentId)) },
  {
    name: "agent_version",
    value: ({ provenance }) => oneOrMore(provenance.jobs.map((job) => job.agentVersion)),
  },
  { name: "schema_version", value: (row) => row.schemaVersion },
  { name: "snapshot_id", value: (row) => row.snapshotId },
];

/** Final labels of the snapshot asked for, by default of each label's newest. @throws AppError `no_snapshot` (404) */
export async function finalLabelExport(
  db: Db,
  scope: ExportScope,
  snapshot: string | undefined,
): Promise<ExportSource> {
  const { projectId } = scope;
  const label = rawSql(`g."labelName"`);
  const found = await queryRows<{ id: string }>(
    db,
    sql`select g."id" from (
        select distinct on (g."labelName") g."id", g."labelName" from "Aggregation" g
        where g."projectId" = ${projectId}::uuid and (${snapshot ?? null}::uuid is null or g."id" = ${snapshot ?? null}::uuid)
          and ${isAskedFor(scope, label)}
        order by g."labelName", g."id" desc) g
      order by ${labelPosition(scope, label)}`,
  );
  if (found.length === 0) throw noSnapshot(scope.label, snapshot);
  const ids = found.map(({ id }) => id);
  return exportSource(
    sql`select r."id" as "recordId", r."externalId", r."content", g."labelName" as "label", f."value", g."policy",
        f."confidence", f."provenance", g."schemaVersion", g."id" as "snapshotId"
      from "FinalLabel" f
      join "Aggregation" g on g."projectId" = f."projectId" and g."id" = f."aggregationId"
      join "Record" r on r."projectId" = f."projectId" and r."id" = f."recordId"
      where f."projectId" = ${projectId}::uuid and f."aggregationId" = any(${ids}::uuid[]) and ${scope.records}
      order by f."position", ${labelPosition(scope, label)}`,
    columns,
    { "x-tandem-snapshot": ids.join(",") },
  );
}

function noSnapshot(label: string | undefined, snapshot: string | undefined): AppError {
  const message = snapshot
    ? `There is no snapshot ${snapshot} of final labels${label ? ` of "${label}"` : ""} in this project.`
    : `There are no final labels${label ? ` of "${label}"` : ""} yet: make a snapshot first.`;
  return new AppError("no_snapshot", message, { status: 404 });
}
