import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";

/** Keeps a run as it is until the transaction of `tx` ends: batches, cancelling and undoing come one after another. */
export async function lockRun(tx: Db, projectId: string, id: string): Promise<void> {
  await queryRows(
    tx,
    sql`select 1 from "BulkRun" where "projectId" = ${projectId}::uuid and "id" = ${id}::uuid for update`,
  );
}
