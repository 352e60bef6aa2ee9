import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";

/**
 * From now on nobody but this transaction changes what a person answered in a project: two windows of one person
 * write one after the other. Their annotator's row must exist.
 */
export async function lockOwnLabels(
  tx: Db,
  { projectId, userId }: { projectId: string; userId: string },
): Promise<void> {
  await queryRows(
    tx,
    sql`select 1 from "Annotator" where "projectId" = ${projectId}::uuid and "id" = ${userId}::uuid for update`,
  );
}
