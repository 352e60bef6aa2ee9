import { z } from "zod";
import type { ListOf } from "@/contracts/common";
import type { ExcludedRecord } from "@/contracts/record-changes";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { cutPage, invalidCursor } from "@/server/platform/paging";
import { queryRows, rawSql, sql } from "@/server/platform/sql";

/** Characters of the text that are shown. */
const EXCERPT = 500;

type Row = Omit<ExcludedRecord, "excludedAt"> & { excludedAt: Date };

/** The time and the id of the last record given. */
const cursorText = z
  .string()
  .regex(/^[0-9T:.Z-]{24}_[0-9a-f-]{36}$/)
  .transform((text) => ({ excludedAt: text.slice(0, 24), id: text.slice(25) }))
  .pipe(z.object({ excludedAt: z.iso.datetime(), id: z.uuid() }));

/**
 * Records that were taken out of every query, the last one excluded first.
 * @throws AppError `invalid_cursor`
 */
export async function listExcludedRecords(
  db: Db,
  { projectId }: ProjectActor,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<ListOf<ExcludedRecord>> {
  const after = cursor === undefined ? null : cursorText.safeParse(cursor);
  if (after?.success === false) throw invalidCursor();
  const older = after
    ? sql`and (r."deletedAt", r."id") < (${after.data.excludedAt}::timestamptz, ${after.data.id}::uuid)`
    : rawSql("");
  const [found, total] = await Promise.all([
    queryRows<Row>(
      db,
      sql`select r."id", r."externalId", left(r."content", ${EXCERPT}::int) as "excerpt",
          r."deletedAt" as "excludedAt", r."erasedAt" is not null as "erased",
          case when u."id" is not null then json_build_object('id', u."id", 'name', u."name") end as "excludedBy"
        from "Record" r left join "User" u on u."id" = r."deletedById"
        where r."projectId" = ${projectId}::uuid and r."deletedAt" is not null ${older}
        order by r."deletedAt" desc, r."id" desc limit ${limit + 1}::int`,
    ),
    db.record.count({ where: { projectId, deletedAt: { not: null } } }),
  ]);
  const rows = found.map((row): ExcludedRecord => ({ ...row, excludedAt: row.excludedAt.toISOString() }));
  return {
    ...cutPage(rows, limit, ({ excludedAt, id }) => `${excludedAt}_${id}`),
    total,
    totalExact: true,
  };
}
