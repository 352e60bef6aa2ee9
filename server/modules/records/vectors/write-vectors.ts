import { signatureOf } from "@/server/modules/search";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { execute, queryRows, sql } from "@/server/platform/sql";
import { singlePrecision } from "./vector-problem";

export type NewVector = { recordId: string; vector: readonly number[] };
export type Space = { projectId: string; name: string; source: "given" | "embeddings"; model: string | null };

/**
 * Writes vectors that have no problem (`vector-problem.ts`) under a name, in one statement; a record that has one gets the new one. The name's length is
 * that of its first vectors.
 * @throws AppError `invalid` when these have another length than the name's
 */
export async function writeVectors(tx: Db, space: Space, vectors: readonly NewVector[]): Promise<number> {
  const [first] = vectors;
  if (!first) return 0;
  const { projectId, name } = space;
  const dimensions = await ensureSpace(tx, space, first.vector.length);
  if (vectors.some(({ vector }) => vector.length !== dimensions))
    throw new AppError(
      "invalid",
      `Vectors of "${name}" have ${dimensions} numbers; these have ${first.vector.length}. Take another name, or delete the vectors of this one first.`,
      { errors: [{ path: "name", message: `holds vectors of ${dimensions} numbers` }] },
    );
  const stored = vectors.map(({ vector }) => singlePrecision(vector));
  return execute(
    tx,
    sql`insert into "RecordVector" ("projectId", "name", "recordId", "values", "norm", "signature")
      select ${projectId}::uuid, ${name}, t."recordId", t."vector"::real[], t."norm", t."bits"::bit(256)
      from unnest(${vectors.map(({ recordId }) => recordId)}::uuid[],
        ${stored.map((values) => `{${values.join(",")}}`)}::text[],
        ${stored.map((values) => Math.hypot(...values))}::float8[],
        ${vectors.map(({ vector }) => signatureOf(vector))}::text[])
        as t ("recordId", "vector", "norm", "bits")
      on conflict ("projectId", "name", "recordId") do update
        set "values" = excluded."values", "norm" = excluded."norm", "signature" = excluded."signature"`,
  );
}

/** The length that vectors of the name have; the first to come decide. */
async function ensureSpace(tx: Db, space: Space, dimensions: number): Promise<number> {
  const { projectId, name, source, model } = space;
  await execute(
    tx,
    sql`insert into "VectorSpace" ("projectId", "name", "dimensions", "source", "model")
      values (${projectId}::uuid, ${name}, ${dimensions}::int, ${source}::"VectorSource", ${model})
      on conflict do nothing`,
  );
  // Shared: nobody deletes the name meanwhile.
  const [kept] = await queryRows<{ dimensions: number }>(
    tx,
    sql`select "dimensions" from "VectorSpace"
      where "projectId" = ${projectId}::uuid and "name" = ${name} for share`,
  );
  return kept?.dimensions ?? dimensions;
}
