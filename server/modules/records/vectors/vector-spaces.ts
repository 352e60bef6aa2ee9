import type { VectorSpace } from "@/contracts/vectors";
import { type ProjectActor, recordAudit, seesOnlyOwn } from "@/server/modules/access";
import { vectorIndexName } from "@/server/modules/search";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { execute, queryRows, rawSql, sql } from "@/server/platform/sql";

const DELETE_TIMEOUT = 120_000;

/** The names under which records have vectors, with how many do; newest first. Annotators are told of none. */
export async function listVectorSpaces(db: Db, actor: ProjectActor): Promise<{ items: VectorSpace[] }> {
  if (seesOnlyOwn(actor)) return { items: [] };
  const { projectId } = actor;
  const rows = await queryRows<Omit<VectorSpace, "createdAt"> & { createdAt: Date }>(
    db,
    sql`select s."name", s."dimensions", s."source"::text as "source", s."model", s."createdAt",
        (select count(*)::int from "RecordVector" v
          join "Record" r on r."projectId" = v."projectId" and r."id" = v."recordId" and r."deletedAt" is null
          where v."projectId" = s."projectId" and v."name" = s."name") as "records"
      from "VectorSpace" s where s."projectId" = ${projectId}::uuid
      order by s."createdAt" desc, s."name" collate "C"`,
  );
  return { items: rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })) };
}

/** Takes all vectors of a name away. @throws AppError `not_found` */
export async function deleteVectorSpace(
  db: Db,
  { projectId, userId, address }: ProjectActor,
  { name }: { name: string },
): Promise<void> {
  await inTransaction(
    db,
    async (tx) => {
      const [space] = await queryRows(
        tx,
        sql`select 1 as "one" from "VectorSpace"
          where "projectId" = ${projectId}::uuid and "name" = ${name} for update`,
      );
      if (!space) throw new AppError("not_found", "There are no vectors of that name.");
      const removed = await execute(
        tx,
        sql`delete from "RecordVector" where "projectId" = ${projectId}::uuid and "name" = ${name}`,
      );
      await execute(
        tx,
        sql`delete from "VectorSpace" where "projectId" = ${projectId}::uuid and "name" = ${name}`,
      );
      // With an index for vectors of the old length the name could not take any of another length.
      await execute(tx, sql`drop index if exists ${rawSql(`"${vectorIndexName({ projectId, name })}"`)}`);
      await recordAudit(tx, {
        projectId,
        actorId: userId,
        action: "vectors.deleted",
        target: name,
        address,
        details: { removed },
      });
    },
    { timeoutMs: DELETE_TIMEOUT },
  );
}
