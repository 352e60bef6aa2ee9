import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { queryRows, rawSql, sql } from "@/server/platform/sql";

/** How many a person may write in a project within a minute: more than anybody types, less than floods an inbox. */
const PER_MINUTE = { Comment: 30, RecordFlag: 120 } as const;
const nouns = { Comment: "comments", RecordFlag: "flags" } as const;

/** @throws AppError `rate_limited` for who writes faster than a person does */
export async function requirePace(
  db: Db,
  { projectId, userId }: ProjectActor,
  table: keyof typeof PER_MINUTE,
): Promise<void> {
  const [row] = await queryRows<{ count: number }>(
    db,
    sql`select count(*)::int as "count" from ${rawSql(`"${table}"`)} where "projectId" = ${projectId}::uuid
      and "authorId" = ${userId}::uuid and "createdAt" > now() - interval '1 minute'`,
  );
  if ((row?.count ?? 0) < PER_MINUTE[table]) return;
  throw new AppError(
    "rate_limited",
    `You wrote ${PER_MINUTE[table]} ${nouns[table]} within a minute. Wait a moment and send it again.`,
    { retryAfter: 60 },
  );
}
