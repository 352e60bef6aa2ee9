import type { z } from "zod";
import type { ListOf } from "@/contracts/common";
import type { Flag, listFlagsInput } from "@/contracts/discussions";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { pageById } from "@/server/platform/paging";
import { joinSql, queryRows, sql } from "@/server/platform/sql";
import { requireRecord } from "../require-record";
import { flagsInReach, readFlags } from "./flag-rows";

type ListFlagsInput = Omit<z.infer<typeof listFlagsInput>, "project">;

/**
 * Flags on the records that the actor reaches, newest first.
 * @throws AppError `not_found` for a record asked for that the actor does not reach, `invalid_cursor`
 */
export async function listFlags(
  db: Db,
  actor: ProjectActor,
  { recordId, state, mine, limit, cursor }: ListFlagsInput,
): Promise<ListOf<Flag>> {
  if (recordId !== undefined) await requireRecord(db, actor, recordId);
  const wanted = joinSql(
    [
      sql`true`,
      ...(recordId === undefined ? [] : [sql`f."recordId" = ${recordId}::uuid`]),
      ...(state === undefined ? [] : [sql`f."state" = ${state}::"FlagState"`]),
      ...(mine ? [sql`f."authorId" = ${actor.userId}::uuid`] : []),
    ],
    " and ",
  );
  const all = await flagsInReach(db, actor, wanted);
  return pageById({
    limit,
    cursor,
    read: (before, limit) =>
      readFlags(db, actor, {
        source: sql`${all} and (${before}::uuid is null or f."id" < ${before}::uuid)`,
        limit,
      }),
    count: async () => {
      const [row] = await queryRows<{ count: number }>(db, sql`select count(*)::int as "count" from ${all}`);
      return row?.count ?? 0;
    },
  });
}
