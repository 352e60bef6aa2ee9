import type { JsonValue } from "@/contracts/common";
import type { Annotation, RecordRow } from "@/contracts/records";
import type { Verification } from "@/contracts/verifications";
import { labelInSight, type Sight, verdictInSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { queryRows, rawSql, type Sql, sql } from "@/server/platform/sql";
import type { QueryScope, Viewer } from "./query-scope";

/** What a search selects of each record, before anything included is added. */
export type FoundRecord = Pick<RecordRow, "id" | "externalId" | "content" | "position"> & {
  createdAt: Date;
  metadata: Record<string, JsonValue> | null;
};

/** What may stand beside a record. */
export type RecordPart = "annotations" | "verifications" | "metadata";

/** The columns of {@link FoundRecord} from `"Record" r`; metadata that the viewer may not see is left out here. */
export function recordColumns(viewer: Viewer, include: readonly RecordPart[]): Sql {
  return sql`r."id", r."externalId", r."content", r."position"::float8 as "position", r."createdAt",
    ${include.includes("metadata") ? visibleMetadata(viewer) : rawSql("null::jsonb")} as "metadata"`;
}

/**
 * Adds what was asked for to the records found: everybody's current labels and verdicts (an annotator's own
 * alone), in a fixed order, without what is hidden from the viewer until they have decided.
 */
export async function presentRecords(
  db: Db,
  { viewer, sight }: Pick<QueryScope, "viewer" | "sight">,
  found: readonly FoundRecord[],
  include: readonly RecordPart[],
): Promise<RecordRow[]> {
  const ids = found.map(({ id }) => id);
  const onlyBy = viewer.kind === "annotator" ? viewer.userId : null;
  const [annotations, verifications] = await Promise.all([
    include.includes("annotations") ? readAnnotations(db, sight, ids, onlyBy) : null,
    include.includes("verifications") ? readVerifications(db, sight, ids, onlyBy) : null,
  ]);
  return found.map(({ metadata, createdAt, ...record }) => ({
    ...record,
    createdAt: createdAt.toISOString(),
    ...(include.includes("metadata") ? { metadata: metadata ?? {} } : {}),
    ...(annotations ? { annotations: annotations.get(record.id) ?? [] } : {}),
    ...(verifications ? { verifications: verifications.get(record.id) ?? [] } : {}),
  }));
}

function visibleMetadata(viewer: Viewer): Sql {
  if (viewer.kind === "team") return rawSql(`r."metadata"`);
  return sql`(select coalesce(jsonb_object_agg(m.key, m.value), '{}') from jsonb_each(r."metadata") m
    where m.key = any(${viewer.shownMetadata}::text[]))`;
}

type AnnotationRow = Omit<Annotation, "start" | "end" | "createdAt" | "updatedAt"> & {
  start: number;
  end: number;
  createdAt: Date;
  updatedAt: Date;
};

async function readAnnotations(
  db: Db,
  sight: Sight,
  recordIds: readonly string[],
  onlyBy: string | null,
): Promise<Map<string, Annotation[]>> {
  const rows = await queryRows<AnnotationRow>(
    db,
    sql`select a."id", a."recordId", a."labelName" as "label", a."level", a."value", a."start", a."end",
        a."conf", a."confMethod", a."confReason", a."probabilities", a."metadata", a."schemaVersion",
        a."createdAt", a."updatedAt",
        json_build_object('id', t."id", 'kind', t."kind", 'name', t."name") as "annotator"
      from "Annotation" a
      join "Annotator" t on t."projectId" = a."projectId" and t."id" = a."annotatorId"
      where a."projectId" = ${sight.projectId}::uuid and a."recordId" = any(${recordIds}::uuid[])
        and ${labelInSight(sight)} and (${onlyBy}::uuid is null or a."annotatorId" = ${onlyBy}::uuid)
      order by a."labelName" collate "C", t."kind" desc, t."createdAt", t."id", a."start", a."end"`,
  );
  return byRecord(rows.map(presentAnnotation));
}

/** A stored annotation as the API shows it: offsets only for spans, and `metadata.conf` mirrors `conf`. */
function presentAnnotation({ start, end, createdAt, updatedAt, ...row }: AnnotationRow): Annotation {
  return {
    ...row,
    ...(start >= 0 ? { start, end } : {}),
    metadata: row.conf === null ? row.metadata : { ...row.metadata, conf: row.conf },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

type VerificationRow = Omit<Verification, "createdAt"> & { createdAt: Date };

/** The current verdicts, newest first; how long somebody took is told to them alone. */
async function readVerifications(
  db: Db,
  sight: Sight,
  recordIds: readonly string[],
  onlyBy: string | null,
): Promise<Map<string, Verification[]>> {
  const rows = await queryRows<VerificationRow>(
    db,
    sql`select v."id", v."recordId", v."jobId", v."annotationId", v."labelName" as "label", v."value",
        v."start", v."end", v."status", json_build_object('id', t."id", 'name', t."name") as "verifier", v."current",
        v."sessionId", v."blind", v."reason", case when v."verifierId" = ${sight.userId}::uuid then v."activeMs" end as "ms",
        v."together", v."createdAt"
      from "Verification" v
      join "Annotator" t on t."projectId" = v."projectId" and t."id" = v."verifierId"
      where v."projectId" = ${sight.projectId}::uuid and v."recordId" = any(${recordIds}::uuid[])
        and ${verdictInSight(sight)} and v."current" and v."status" is not null
        and (${onlyBy}::uuid is null or v."verifierId" = ${onlyBy}::uuid)
      order by v."createdAt" desc, v."id" desc`,
  );
  return byRecord(rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })));
}

function byRecord<T extends { recordId: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.recordId);
    if (group) group.push(row);
    else groups.set(row.recordId, [row]);
  }
  return groups;
}
