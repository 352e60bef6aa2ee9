import { wordsInSight } from "@/server/modules/sight";
import { rawSql, type Sql, sql } from "@/server/platform/sql";
import type { QueryScope } from "../query-scope";

/** Whether somebody's flag on `r` is open that the asker may know of: a flag is read when comments are. */
export const compileFlagged = ({ projectId, sight }: QueryScope): Sql =>
  sql`exists (select 1 from "RecordFlag" f where f."projectId" = ${projectId}::uuid and f."recordId" = r."id"
    and f."state" = 'open'
    and (f."authorId" = ${sight.userId}::uuid or ${wordsInSight(sight, rawSql(`r."id"`))}))`;
