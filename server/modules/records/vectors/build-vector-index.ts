import type pg from "pg";
import { EXACT_VECTORS, MAX_INDEXED_DIMENSIONS, vectorIndexName } from "@/server/modules/search";
import type { Db } from "@/server/platform/db";
import { enqueue } from "@/server/platform/queue";

type SpaceRef = { projectId: string; name: string };

/** Has the worker see whether these vectors should have an index; once for many writes. */
export async function wantVectorIndex(tx: Db, { projectId, name }: SpaceRef): Promise<void> {
  await enqueue(tx, "index-vectors", { projectId, name }, { key: `index-vectors:${projectId}:${name}` });
}

/**
 * Builds pgvector's index over one project's vectors of one name, where the server has pgvector and they are more
 * than are compared one by one. Without it nothing is done: signatures serve. One that a kill left unfinished is
 * built anew.
 */
export async function buildVectorIndex(pool: pg.Pool, { projectId, name }: SpaceRef): Promise<void> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{
      dimensions: number;
      enough: boolean;
      available: boolean;
      built: boolean | null;
    }>(
      `select s."dimensions",
         (select count(*) > ${EXACT_VECTORS} from (select 1 from "RecordVector" v
            where v."projectId" = s."projectId" and v."name" = s."name" limit ${EXACT_VECTORS + 1}) f) as "enough",
         exists (select 1 from pg_available_extensions where name = 'vector') as "available",
         (select i.indisvalid from pg_index i where i.indexrelid = to_regclass($3)) as "built"
       from "VectorSpace" s where s."projectId" = $1 and s."name" = $2`,
      [projectId, name, `"${vectorIndexName({ projectId, name })}"`],
    );
    const [space] = rows;
    if (!space?.available || !space.enough || space.built || space.dimensions > MAX_INDEXED_DIMENSIONS)
      return;
    await client.query("create extension if not exists vector");
    const index = vectorIndexName({ projectId, name });
    if (space.built === false) await client.query(`drop index concurrently if exists "${index}"`);
    await client.query(await vectorIndexStatement(client, { projectId, name }, space.dimensions));
  } finally {
    client.release();
  }
}

/** The statement that builds the index; PostgreSQL itself quotes the name. */
export async function vectorIndexStatement(
  client: { query(text: string, values: unknown[]): Promise<{ rows: unknown[] }> },
  space: SpaceRef,
  dimensions: number,
): Promise<string> {
  const { rows } = await client.query(
    `select format('create index concurrently %I on "RecordVector" using hnsw (("values"::vector(%s)) vector_cosine_ops) where "projectId" = %L::uuid and "name" = %L',
       $1::text, $2::int, $3::uuid, $4::text) as "statement"`,
    [vectorIndexName(space), dimensions, space.projectId, space.name],
  );
  return String(Reflect.get(Object(rows[0]), "statement"));
}
