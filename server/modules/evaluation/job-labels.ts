import { labelInSight, type Sight } from "@/server/modules/sight";
import { type Sql, sql } from "@/server/platform/sql";

/** Labels of one name that a job gave, for whoever asks. */
export type JobLabels = { sight: Sight; jobId: string; label: string };

/** These labels `a`, hidden ones too, on records `r` that are there: what follows `from`. */
export const fromJobLabels = ({ sight, jobId, label }: JobLabels): Sql =>
  sql`"Annotation" a
    join "Record" r on r."projectId" = a."projectId" and r."id" = a."recordId" and r."deletedAt" is null
    where a."projectId" = ${sight.projectId}::uuid and a."annotatorId" = ${jobId}::uuid
      and a."labelName" = ${label}::text and a."level" = 'record' and cardinality(a."value") > 0`;

/**
 * A step of a statement, called `labels`: the job's labels of records that are there. What a label that isn't `seen` says
 * is hidden from whoever asks; that there is one is known.
 */
export const labelsStep = (of: JobLabels): Sql =>
  sql`labels as materialized (
      select a."id", a."recordId", a."conf", a."createdAt", ${labelInSight(of.sight)} as "seen"
      from ${fromJobLabels(of)})`;
