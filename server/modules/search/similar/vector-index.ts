import { createHash } from "node:crypto";
import type { Db } from "@/server/platform/db";
import { joinSql, queryRows, type Sql, sql } from "@/server/platform/sql";
import type { Nearest, NearestInput, Neighbour } from "./nearest-vectors";
import type { Targets } from "./target-vectors";

type SpaceRef = { projectId: string; name: string };

/** What pgvector's index of vectors can hold. */
export const MAX_INDEXED_DIMENSIONS = 2000;
/** The index doesn't know the query, so it is asked for more than is wanted. */
const ASKED_FOR = 4;

/** The name of the index over one project's vectors of one name. */
export function vectorIndexName({ projectId, name }: SpaceRef): string {
  const hash = createHash("sha256").update(`${projectId}/${name}`).digest("hex").slice(0, 24);
  return `RecordVector_near_${hash}`;
}

/** Whether the database has a finished index for these vectors: with pgvector the worker builds one. */
export async function hasVectorIndex(db: Db, space: SpaceRef): Promise<boolean> {
  const rows = await queryRows(
    db,
    sql`select 1 as "one" from pg_index i
      where i.indexrelid = to_regclass(${`"${vectorIndexName(space)}"`}) and i.indisvalid`,
  );
  return rows.length > 0;
}

/** The nearest by pgvector's index, which finds nearly all of the true ones. */
export async function nearestByIndex(db: Db, input: NearestInput): Promise<Nearest> {
  const neighbours = await queryRows<Neighbour>(db, nearestByIndexSql(input));
  return { neighbours, method: "index", compared: neighbours.length };
}

/** One scan of the index for each target; each record counts with its nearest one. */
export function nearestByIndexSql({ projectId, targets, limit, filter, except }: NearestInput): Sql {
  const { name, dimensions, vectors } = targets;
  // A whole number of ours, part of the type's name.
  const type = { strings: [`vector(${Math.trunc(dimensions)})`], values: [] };
  const scans = vectors.map(
    ({ values }) => sql`(select v."recordId" as "id",
        1 - (v."values"::${type} <=> ${asVector(values)}::${type}) as "similarity"
      from "RecordVector" v where v."projectId" = ${projectId}::uuid and v."name" = ${name}
      order by v."values"::${type} <=> ${asVector(values)}::${type}
      limit ${limit * ASKED_FOR + except.length}::bigint)`,
  );
  return sql`select n."id", max(n."similarity")::float8 as "similarity"
    from (${joinSql(scans, " union all ")}) n
    join "Record" r on r."projectId" = ${projectId}::uuid and r."id" = n."id"
    where ${filter} and n."id" <> all(${except}::uuid[])
    group by n."id" order by 2 desc, 1 limit ${limit}::bigint`;
}

/** `{1,2}` of an array as pgvector writes a vector: `[1,2]`. */
const asVector = (values: Targets["vectors"][number]["values"]): string => `[${values.slice(1, -1)}]`;
