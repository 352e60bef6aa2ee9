import { z } from "zod";
import type { ListOf } from "@/contracts/common";
import type { InvalidAnswer, listInvalidAnswersInput } from "@/contracts/job-triage";
import type { ProjectActor } from "@/server/modules/access";
import { answerInSight, loadSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { cutPage, invalidCursor } from "@/server/platform/paging";
import { queryRows, rawSql, sql } from "@/server/platform/sql";
import { noSuchJob } from "../job-repository";
import { isUnresolved } from "./unresolved";

const LONGEST_TEXT = 2000;
/** Place of a text in the list: how many records have it, then its hash. */
const place = z.tuple([z.number().int(), z.string().regex(/^[0-9a-f]{32}$/)]);

type Row = InvalidAnswer & { key: string; total: number };

/**
 * Answers of a job that could not be read, each text once, the most frequent first.
 * @throws AppError `not_found`, `invalid_cursor`
 */
export async function listInvalidAnswers(
  db: Db,
  actor: ProjectActor,
  { id, resolved, limit, cursor }: z.infer<typeof listInvalidAnswersInput>,
): Promise<ListOf<InvalidAnswer>> {
  const { projectId } = actor;
  const sight = await loadSight(db, actor);
  const job = await db.job.findUnique({ where: { projectId_id: { projectId, id } }, select: { id: true } });
  if (!job) throw noSuchJob();
  const [count, key] = cursor === undefined ? [null, ""] : readCursor(cursor);
  const wanted = resolved === undefined ? sql`true` : resolved ? sql`"open" = 0` : sql`"open" > 0`;
  const rows = await queryRows<Row>(
    db,
    sql`with item as (
        select md5(coalesce(i."rawAnswer", '')) as "key", i."recordId", i."reason", i."ordinal", i."rawAnswer",
          ${isUnresolved} as "open"
        from "JobItem" i
        where i."projectId" = ${projectId}::uuid and i."jobId" = ${id}::uuid and i."status" = 'invalid'
          and ${answerInSight(sight, rawSql(`i."recordId"`), rawSql(`i."jobId"`))}
      ), answer as (
        select "key", min("reason") as "reason", count(*)::int as "count",
          (count(*) filter (where "open"))::int as "open",
          (array_agg("recordId" order by "open" desc, "ordinal"))[1] as "recordId"
        from item group by "key"
      ), chosen as (select *, (count(*) over ())::int as "total" from answer where ${wanted})
      select c."key", c."total", c."reason", c."count", c."count" - c."open" as "resolved", c."recordId"::text,
        r."externalId", left(coalesce(i."rawAnswer", ''), ${LONGEST_TEXT}::int) as "text"
      from chosen c
      join "JobItem" i on i."projectId" = ${projectId}::uuid and i."jobId" = ${id}::uuid
        and i."recordId" = c."recordId"
      join "Record" r on r."projectId" = ${projectId}::uuid and r."id" = c."recordId"
      where ${count}::int is null or c."count" < ${count}::int or (c."count" = ${count}::int and c."key" > ${key})
      order by c."count" desc, c."key" limit ${limit + 1}::int`,
  );
  const page = cutPage(rows, limit, (last) =>
    Buffer.from(JSON.stringify([last.count, last.key])).toString("base64url"),
  );
  return {
    items: page.items.map(({ key: _key, total: _total, ...answer }) => answer),
    nextCursor: page.nextCursor,
    total: rows[0]?.total ?? 0,
    totalExact: true,
  };
}

function readCursor(cursor: string): [number, string] {
  try {
    return place.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch {
    throw invalidCursor();
  }
}
