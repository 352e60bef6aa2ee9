import { type Db, inTransaction } from "@/server/platform/db";
import { queryRows, rawSql, sql } from "@/server/platform/sql";
import { unlinkFileOf } from "./stored-file";

/** Gives the room back that the files of a project's imports take, whatever has become of them. */
export async function dropStoredFiles(db: Db, projectId: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const run = sql`"projectId" = ${projectId}::uuid and "storedAs" is not null`;
    await queryRows(
      tx,
      sql`with run as (select "storedAs" from "ImportRun" where ${run} for update)
        ${rawSql(unlinkFileOf("run"))}`,
    );
    await tx.importRun.updateMany({
      where: { projectId, storedAs: { not: null } },
      data: { storedAs: null },
    });
  });
}
