import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";

/** An item whose turn has come, with its record as it is now. */
export type DueItem = {
  recordId: string;
  ordinal: number;
  externalId: string;
  attempts: number;
  /** Answers that it has of those it needs. */
  sampled: number;
  content: string;
  metadata: unknown;
  deleted: boolean;
};

type Job = { projectId: string; jobId: string };

/**
 * The next items to be asked about, in order. Each record is looked up by its key (a join's `limit` leaves no other way):
 * PostgreSQL may not have counted the records yet, and would compare each of them with each item.
 * @param except items that are already in hand
 * @param after the ordinal behind which is read
 */
export function dueItems(
  db: Db,
  { projectId, jobId }: Job,
  except: readonly string[],
  limit: number,
  after = -1,
): Promise<DueItem[]> {
  return queryRows(
    db,
    sql`select i."recordId"::text, i."ordinal", r."externalId", i."attempts", i."sampled", r."content", r."metadata", r."deletedAt" is not null as "deleted"
      from "JobItem" i cross join lateral (
        select * from "Record" r where r."projectId" = i."projectId" and r."id" = i."recordId" limit 1
      ) r
      where i."projectId" = ${projectId}::uuid and i."jobId" = ${jobId}::uuid and i."status" = 'queued'
        and (i."retryAt" is null or i."retryAt" <= now()) and i."recordId" <> all (${except}::uuid[])
        and i."ordinal" > ${after}::int
      order by i."ordinal" limit ${limit}::int`,
  );
}

/** Milliseconds until the next item that waits for another try is due; null when none waits. */
export async function nextDueInMs(db: Db, { projectId, jobId }: Job): Promise<number | null> {
  const [row] = await queryRows<{ ms: number | null }>(
    db,
    sql`select (extract(epoch from min("retryAt") - now()) * 1000)::float8 as "ms" from "JobItem"
      where "projectId" = ${projectId}::uuid and "jobId" = ${jobId}::uuid and "status" = 'queued'
        and "retryAt" > now()`,
  );
  return row?.ms ?? null;
}

/** How many items still have to be asked or read. */
export async function countOpenItems(db: Db, { projectId, jobId }: Job): Promise<number> {
  const [row] = await queryRows<{ count: number }>(
    db,
    sql`select count(*)::int as "count" from "JobItem" where "projectId" = ${projectId}::uuid
      and "jobId" = ${jobId}::uuid and "status" in ('queued', 'running', 'answered')`,
  );
  return row?.count ?? 0;
}
