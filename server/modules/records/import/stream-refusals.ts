import { stringify } from "csv-stringify/sync";
import type pg from "pg";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { streamBatches } from "@/server/platform/stream-rows";

/**
 * Every refused row of an import as CSV, `line,externalId,code,message`, by line.
 * @throws AppError `not_found`, before the first byte
 */
export async function streamRefusals(
  { db, pool }: { db: Db; pool: pg.Pool },
  { projectId }: ProjectActor,
  { id }: { id: string },
): Promise<AsyncGenerator<string>> {
  if ((await db.importRun.count({ where: { projectId, id } })) === 0)
    throw new AppError("not_found", "There is no such import in this project.");
  return csvOf(pool, projectId, id);
}

async function* csvOf(pool: pg.Pool, projectId: string, importId: string): AsyncGenerator<string> {
  yield "line,externalId,code,message\r\n";
  const batches = streamBatches(
    pool,
    `select "line", "externalId", "code", "message" from "ImportRefusal"
     where "projectId" = $1::uuid and "importId" = $2::uuid order by "line", "ordinal"`,
    [projectId, importId],
  );
  // An id comes from somebody's file, and this file is opened in spreadsheets.
  for await (const rows of batches)
    yield stringify(
      rows.map(({ line, externalId, code, message }) => [line, externalId, code, message]),
      { record_delimiter: "windows", escape_formulas: true, quoted_match: /[\r\n]/ },
    );
}
