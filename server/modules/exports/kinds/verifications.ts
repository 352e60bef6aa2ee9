import type { ExportInput } from "@/contracts/exports";
import { labelInSight, verdictInSight } from "@/server/modules/sight";
import { joinSql, rawSql, sql } from "@/server/platform/sql";
import { type Column, type ExportSource, exportSource, isoText, optionsCell } from "../column";
import { type ExportScope, isAfter, isAskedFor, labelPosition } from "./label-scope";

type VerificationRow = {
  recordId: string;
  externalId: string;
  jobId: string;
  label: string;
  jobValue: string[];
  value: string[];
  status: string;
  verifierId: string;
  verifierName: string;
  createdAt: string;
};

const columns: Column<VerificationRow>[] = [
  { name: "record_id", value: (row) => row.recordId },
  { name: "external_id", value: (row) => row.externalId },
  { name: "job_id", value: (row) => row.jobId },
  { name: "label", value: (row) => row.label },
  {
    name: "job_value",
    type: "texts",
    value: (row) => row.jobValue,
    cell: (row) => optionsCell(row.jobValue),
  },
  { name: "value", type: "texts", value: (row) => row.value, cell: (row) => optionsCell(row.value) },
  { name: "status", value: (row) => row.status },
  { name: "verifier_id", value: (row) => row.verifierId },
  { name: "verifier_name", value: (row) => row.verifierName },
  { name: "created_at", type: "time", value: (row) => row.createdAt },
];

/** Current verdicts with the job's value that each is about. */
export function verificationExport(
  scope: ExportScope,
  { status, jobId, verifierId }: Pick<ExportInput, "status" | "jobId" | "verifierId">,
): ExportSource {
  const label = rawSql(`v."labelName"`);
  const narrowed = [
    ...(status ? [sql`v."status" = ${status}::"VerificationStatus"`] : [rawSql(`v."status" is not null`)]),
    ...(jobId ? [sql`v."jobId" = ${jobId}::uuid`] : []),
    ...(verifierId ? [sql`v."verifierId" = ${verifierId}::uuid`] : []),
  ];
  return exportSource(
    sql`select r."id" as "recordId", r."externalId", v."jobId", v."labelName" as "label", a."value" as "jobValue",
        v."value", v."status"::text as "status", v."verifierId", t."name" as "verifierName", ${isoText(`v."createdAt"`)} as "createdAt"
      from "Record" r
      join "Verification" v on v."projectId" = r."projectId" and v."recordId" = r."id" and v."current"
      join "Annotation" a on a."projectId" = v."projectId" and a."id" = v."annotationId"
      join "Annotator" t on t."projectId" = v."projectId" and t."id" = v."verifierId"
      where ${scope.records} and ${isAfter(scope, rawSql(`r."position"`))} and ${isAskedFor(scope, label)} and ${joinSql(narrowed, " and ")}
        and ${verdictInSight(scope.sight)} and ${labelInSight(scope.sight)}
      order by r."position", ${labelPosition(scope, label)}, v."createdAt", v."id"`,
    columns,
  );
}
