import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";
import type { PoolExample } from "./example-pool";
import type { VerifiedRecord } from "./read-verified";

/** The texts of verified records; one that has been deleted since keeps its place and has none. */
export async function readPool(
  db: Db,
  projectId: string,
  verified: readonly VerifiedRecord[],
): Promise<PoolExample[]> {
  if (verified.length === 0) return [];
  const rows = await queryRows<Omit<PoolExample, "labels">>(
    db,
    sql`select r."id"::text as "recordId", r."externalId",
        case when r."deletedAt" is null then r."content" else '' end as "content",
        nullif(r."metadata" ->> 'duplicate_of', '') as "duplicateOf"
      from "Record" r where r."projectId" = ${projectId}::uuid
        and r."id" = any(${verified.map(({ recordId }) => recordId)}::uuid[])`,
  );
  const byId = new Map(rows.map((row) => [row.recordId, row]));
  return verified.flatMap(({ recordId, labels }) => {
    const row = byId.get(recordId);
    return row ? [{ ...row, labels }] : [];
  });
}

/** Vectors of records under one name; without one, the newest name of the project. Empty when there are none. */
export async function readVectors(
  db: Db,
  projectId: string,
  name: string | undefined,
  recordIds: readonly string[],
): Promise<Map<string, number[]>> {
  if (recordIds.length === 0) return new Map();
  const rows = await queryRows<{ recordId: string; values: number[] }>(
    db,
    sql`select v."recordId"::text, v."values" from "RecordVector" v
      where v."projectId" = ${projectId}::uuid and v."recordId" = any(${recordIds}::uuid[])
        and v."name" = (select s."name" from "VectorSpace" s where s."projectId" = ${projectId}::uuid
          and (${name ?? null}::text is null or s."name" = ${name ?? null}::text)
          order by s."createdAt" desc, s."name" collate "C" limit 1)`,
  );
  return new Map(rows.map(({ recordId, values }) => [recordId, values]));
}
