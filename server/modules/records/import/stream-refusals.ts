import { stringify } from "csv-stringify/sync";
import type pg from "pg";
import { id as uuid } from "@/contracts/common";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { streamBatches } from "@/server/platform/stream-rows";
import { noSuchImport } from "./read-imports";

/**
 * Every refused row of an import as CSV, `line,externalId,code,message`, by line.
 * @param id as it came in an address: a text that is no id names no import
 * @throws AppError `not_found`, before the first byte
 */
export async function streamRefusals(
  { db, pool }: { db: Db; pool: pg.Pool },
  { projectId }: ProjectActor,
  { id }: { id: string },
): Promise<AsyncGenerator<string>> {
  const known = uuid.safeParse(id).success && (await db.importRun.count({ where: { projectId, id } })) > 0;
  if (!known) throw noSuchImport();
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
