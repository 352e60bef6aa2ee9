import type {
  AggregationModel,
  AggregationSnapshot,
  FinalLabel,
  FinalLabelFilter,
} from "@/contracts/aggregation";
import { outcomeInSight, type Sight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { execute, queryRows, rawSql, type Sql, sql } from "@/server/platform/sql";
import { DIFFERS } from "./count-decisions";

type SnapshotRow = Omit<AggregationSnapshot, "createdAt"> & { createdAt: Date };

type Which = {
  id?: string;
  label?: string | undefined;
  /** Only those older than this one. */
  before?: string | null;
  status?: AggregationSnapshot["status"];
  /** Those that are running, and those begun within the last hour. */
  recent?: boolean;
  limit: number;
};

/** Snapshots of a project, newest first. */
export async function readSnapshots(db: Db, projectId: string, which: Which): Promise<AggregationSnapshot[]> {
  const { id = null, label = null, before = null, status = null, recent = false, limit } = which;
  const rows = await queryRows<SnapshotRow>(
    db,
    sql`select g."id", g."labelName" as "label", g."policy", g."options" -> 'annotators' as "annotators",
        ${VERSIONS} as "versions", g."options" -> 'weights' as "weights",
        (g."options" ->> 'smoothing')::float8 as "smoothing", g."schemaVersion", g."status"::text as "status", g."progress", g."error", ${rawSql(COUNTS)} as "counts", g."createdAt",
        json_build_object('id', u."id", 'name', u."name") as "createdBy"
      from "Aggregation" g join "User" u on u."id" = g."createdById"
      where g."projectId" = ${projectId}::uuid and (${id}::uuid is null or g."id" = ${id}::uuid)
        and (${label}::text is null or g."labelName" = ${label}::text)
        and (${before}::uuid is null or g."id" < ${before}::uuid)
        and (${status}::text is null or g."status"::text = ${status}::text)
        and ${recent ? rawSql(RECENT) : rawSql("true")}
      order by g."id" desc limit ${limit}::int`,
  );
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
}

/** Until there was a choice, every version had a vote. */
export const VERSIONS = rawSql(`coalesce(g."options" ->> 'versions', 'every')`);
/** Snapshots from before people could reconcile, or accept labels, have no such count. */
const COUNTS = `jsonb_build_object('reconciled', 0, 'accepted', 0) || g."counts"`;
const RECENT = `(g."status" = 'running' or g."createdAt" > now() - interval '1 hour')`;

/** Columns of `"FinalLabel"` that `decisions` gives, in its order. */
export const DECIDED = rawSql(
  `"recordId", "position", "value", "tie", "confidence", "entropy", "provenance", "spans"`,
);

/** What a snapshot's policy estimated; null of one that estimates nothing, and of one that isn't ready. */
export async function readModel(db: Db, projectId: string, id: string): Promise<AggregationModel | null> {
  const [found] = await queryRows<{ model: AggregationModel | null }>(
    db,
    sql`select g."model" from "Aggregation" g where g."projectId" = ${projectId}::uuid and g."id" = ${id}::uuid`,
  );
  return found?.model ?? null;
}

/** Keeps what was decided as a snapshot's rows. */
export function insertFinalLabels(
  tx: Db,
  { projectId, id }: { projectId: string; id: string },
  decided: Sql,
): Promise<number> {
  return execute(
    tx,
    sql`insert into "FinalLabel" ("projectId", "aggregationId", ${DECIDED})
      select ${projectId}::uuid, ${id}::uuid, d.* from (${decided}) d`,
  );
}

type FinalRow = Omit<FinalLabel, "value" | "tie" | "spans"> & {
  spans: NonNullable<FinalLabel["spans"]> | null;
  value: string[];
  tie: string[];
  position: string;
};

/** One page of a snapshot's rows in the order of the records, also of those deleted since; each with its position. */
export async function readFinalLabels(
  db: Db,
  { sight, aggregationId, label }: { sight: Sight; aggregationId: string; label: string },
  page: { show: FinalLabelFilter; after: string | null; limit: number },
): Promise<(FinalLabel & { position: string })[]> {
  const rows = await queryRows<FinalRow>(
    db,
    sql`select f."recordId", r."externalId", r."content", r."deletedAt" is not null as "deleted", f."value", f."tie",
        f."confidence", f."entropy", f."provenance", f."spans", f."position"::text as "position"
      from "FinalLabel" f
      join "Record" r on r."projectId" = f."projectId" and r."id" = f."recordId"
      where f."projectId" = ${sight.projectId}::uuid and f."aggregationId" = ${aggregationId}::uuid
        and ${outcomeInSight(sight, rawSql(`f."recordId"`), sql`${label}::text`)}
        and (${page.after}::bigint is null or f."position" > ${page.after}::bigint) and ${shown(page.show)}
      order by f."position" limit ${page.limit}::int`,
  );
  return rows.map(({ value, tie, spans, ...row }) => ({
    ...row,
    value: value.length > 0 ? value : null,
    ...(tie.length > 0 ? { tie } : {}),
    ...(spans ? { spans } : {}),
  }));
}

function shown(show: FinalLabelFilter): Sql {
  if (show === "ties") return rawSql(`cardinality(f."tie") > 0`);
  if (show === "verified") return rawSql(`f."provenance" ->> 'source' = 'verdict'`);
  if (show === "reconciled") return rawSql(`f."provenance" ->> 'source' = 'reconciliation'`);
  if (show === "accepted") return rawSql(`f."provenance" ->> 'source' = 'accepted'`);
  if (show === "differing") return rawSql(DIFFERS);
  return rawSql("true");
}
