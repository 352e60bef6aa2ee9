import type pg from "pg";
import { NO_SPAN } from "@/contracts/records";
import type { WrittenLabel, WrittenRecord } from "@/server/modules/peers";
import { labelInSight, outcomeInSight } from "@/server/modules/sight";
import { rawSql, type Sql, sql } from "@/server/platform/sql";
import { streamSource } from "../column";
import { isBy } from "./annotations";
import type { FoundSnapshot } from "./find-snapshots";
import { type ExportScope, isAskedFor, labelPosition } from "./label-scope";

/** Records with the labels that a file of another tool holds, as they are read. */
export type LabelledRecords = (pool: pg.Pool, signal: AbortSignal) => AsyncGenerator<WrittenRecord[]>;

/** Records alone. */
export const bareRecords = (scope: ExportScope): LabelledRecords =>
  streamSource<WrittenRecord>(
    sql`select r."externalId", r."content", r."metadata", '[]'::json as "labels"
      from "Record" r where ${scope.records} order by r."position"`,
  );

/** Records with every annotator's labels; those without any are left out. */
export const annotatedRecords = (
  scope: ExportScope,
  labels: readonly string[],
  annotator: string | undefined,
): LabelledRecords => {
  const label = rawSql(`a."labelName"`);
  return withLabels(
    scope,
    sql`select json_agg(json_build_object(
        'annotator', json_build_object('id', t."id", 'name', t."name", 'kind', t."kind"), 'label', ${label},
        'level', a."level", 'value', a."value", 'start', a."start", 'end', a."end", 'conf', a."conf")
        order by ${labelPosition(scope, label)}, t."createdAt", t."id", a."start", a."end") as "labels"
      from "Annotation" a
      join "Annotator" t on t."projectId" = a."projectId" and t."id" = a."annotatorId"
      where a."projectId" = r."projectId" and a."recordId" = r."id" and ${isAskedFor(scope, label)}
        and ${label} = any(${labels}::text[]) and ${isBy(annotator)} and ${labelInSight(scope.sight)}
        and a."start" <> ${NO_SPAN}::int`,
  );
};

/** Records with the final labels of these snapshots; those without a value, because of a tie, are left out. */
export const finalRecords = (scope: ExportScope, snapshots: readonly FoundSnapshot[]): LabelledRecords => {
  const ids = snapshots.map(({ id }) => id);
  return withLabels(
    scope,
    sql`select json_agg(json_build_object('annotator', null, 'label', g."labelName", 'level', p."level",
        'value', p."value", 'start', p."start", 'end', p."end", 'conf', p."conf")
        order by array_position(${ids}::uuid[], g."id"), p."start", p."end") as "labels"
      from "FinalLabel" f
      join "Aggregation" g on g."projectId" = f."projectId" and g."id" = f."aggregationId"
      cross join lateral (
        select 'record' as "level", to_jsonb(f."value") as "value", -1 as "start", -1 as "end", f."confidence" as "conf"
        where f."spans" is null
        union all
        select 'span', s -> 'value', (s ->> 'start')::int, (s ->> 'end')::int, null
        from jsonb_array_elements(f."spans") s) p
      where f."projectId" = r."projectId" and f."recordId" = r."id" and f."aggregationId" = any(${ids}::uuid[])
        and cardinality(f."value") > 0
        and ${outcomeInSight(scope.sight, rawSql(`f."recordId"`), rawSql(`g."labelName"`))}`,
  );
};

type ReadLabel = WrittenLabel & { start: number; end: number };
type ReadRecord = Omit<WrittenRecord, "labels"> & { labels: ReadLabel[] };

function withLabels(scope: ExportScope, labels: Sql): LabelledRecords {
  const records = streamSource<ReadRecord>(
    sql`select r."externalId", r."content", r."metadata", l."labels"
      from "Record" r cross join lateral (${labels}) l
      where ${scope.records} and l."labels" is not null order by r."position"`,
  );
  return async function* (pool, signal) {
    for await (const rows of records(pool, signal))
      yield rows.map((row) => ({ ...row, labels: row.labels.map(withoutPlace) }));
  };
}

/** A label of a whole record has no place in it. */
const withoutPlace = ({ start, end, ...label }: ReadLabel): WrittenLabel =>
  start < 0 ? label : { ...label, start, end };
