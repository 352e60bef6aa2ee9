import type { RecordRow } from "@/contracts/records";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { queryRows, sql } from "@/server/platform/sql";
import { compileFilter } from "./compile-query";
import { loadQueryScope } from "./load-query-scope";
import { type FoundRecord, presentRecords, type RecordPart, recordColumns } from "./read-records";

const everything: RecordPart[] = ["annotations", "verifications", "metadata"];

/**
 * One record with all that the actor may see beside it.
 * @throws AppError `not_found` also for a record that exists but that the actor does not reach
 */
export async function getRecord(db: Db, actor: ProjectActor, { id }: { id: string }): Promise<RecordRow> {
  const scope = await loadQueryScope(db, actor, null);
  const found = await queryRows<FoundRecord>(
    db,
    sql`select ${recordColumns(scope.viewer, everything)} from "Record" r
      where ${compileFilter({ ids: [id] }, scope)}`,
  );
  const [record] = await presentRecords(db, scope, found, everything);
  if (!record) throw new AppError("not_found", "There is no such record, or you have no access to it.");
  return record;
}
