import type { JobBatchStatus } from "@/prisma/generated/client/client";
import type { Db } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import type { BatchState } from "@/server/platform/llm";
import { heldTask } from "@/server/platform/queue";
import { execute, queryRows, rawSql, sql } from "@/server/platform/sql";
import { runJobKey } from "../../run-job-task";

/** A batch that is not done with. */
export type OpenBatch = {
  id: string;
  status: JobBatchStatus;
  externalId: string | null;
  requests: number;
  cancelled: boolean;
  createdAt: Date;
  sentAt: Date | null;
};

type Job = { projectId: string; jobId: string };
/** A run of the job that holds its lease. */
export type Holder = Job & { leaseToken: string };

const OPEN: JobBatchStatus[] = ["preparing", "sending", "sent"];

/** The batches of a job that are being made or wait at the provider, oldest first. */
export function openBatches(db: Db, { projectId, jobId }: Job): Promise<OpenBatch[]> {
  return db.jobBatch.findMany({
    where: { projectId, jobId, status: { in: OPEN } },
    orderBy: { id: "asc" },
    select: {
      id: true,
      status: true,
      externalId: true,
      requests: true,
      cancelled: true,
      createdAt: true,
      sentAt: true,
    },
  });
}

export const countOpenBatches = (db: Db, { projectId, jobId }: Job): Promise<number> =>
  db.jobBatch.count({ where: { projectId, jobId, status: { in: OPEN } } });

export async function createBatch(db: Db, { projectId, jobId }: Job): Promise<string> {
  const { id } = await db.jobBatch.create({ data: { id: newId(), projectId, jobId } });
  return id;
}

/** Removes a batch to which no call came. */
export async function dropBatch(db: Db, { projectId }: Job, id: string): Promise<void> {
  await db.jobBatch.deleteMany({ where: { projectId, id, status: "preparing" } });
}

/**
 * Says that from now on the batch may be at the provider.
 * @param probing the job is paused by an outage, and tries again
 * @returns false: another run has the job, or it was stopped
 */
export async function markSending(
  db: Db,
  { projectId, jobId, leaseToken }: Holder,
  id: string,
  { requests, probing }: { requests: number; probing: boolean },
): Promise<boolean> {
  const count = await execute(
    db,
    sql`with job as materialized (
        select 1 from "Job" j where j."projectId" = ${projectId}::uuid and j."id" = ${jobId}::uuid
          and not j."cancelRequested" and (j."status" = 'running'
            or (${probing}::boolean and j."status" = 'paused' and j."pausedReason" = 'provider_outage'))
        for no key update
      ), held as materialized (
        ${heldTask(runJobKey(jobId), leaseToken, rawSql("exists (select 1 from job)"))}
      )
      update "JobBatch" b set "status" = 'sending', "requests" = ${requests}::int, "sentAt" = now()
      where b."projectId" = ${projectId}::uuid and b."id" = ${id}::uuid and b."status" = 'preparing'
        and exists (select 1 from held)`,
  );
  return count === 1;
}

/** Keeps what the provider calls it. @returns false: another run has given it up meanwhile */
export async function markSent(db: Db, { projectId }: Job, id: string, state: BatchState): Promise<boolean> {
  const { count } = await db.jobBatch.updateMany({
    where: { projectId, id, status: "sending" },
    data: { status: "sent", externalId: state.id, done: state.done },
  });
  return count === 1;
}

export async function noteProgress(db: Db, { projectId }: Job, id: string, done: number): Promise<boolean> {
  const { count } = await db.jobBatch.updateMany({
    where: { projectId, id, done: { not: done } },
    data: { done },
  });
  return count > 0;
}

export async function noteCancelled(db: Db, { projectId }: Job, id: string): Promise<void> {
  await db.jobBatch.updateMany({ where: { projectId, id }, data: { cancelled: true } });
}

export async function closeBatch(
  db: Db,
  { projectId }: Job,
  id: string,
  status: "ended" | "refused" | "lost",
): Promise<void> {
  await db.jobBatch.updateMany({
    where: { projectId, id, status: { in: OPEN } },
    data: { status, endedAt: new Date() },
  });
}

/** What the provider bears, by what it did with the batches before. */
export type Room = {
  /** Requests of a batch at most; null: it has refused none. */
  requests: number | null;
  /** It had no room for the last one: the next is tried alone. */
  single: boolean;
};

/** After a batch for which there was no room the next is half of it, and after one that was taken the double. */
export async function roomAtProvider(db: Db, { projectId, jobId }: Job): Promise<Room> {
  const refused = await db.jobBatch.count({ where: { projectId, jobId, status: "refused" } });
  if (refused === 0) return { requests: null, single: false };
  const last = await db.jobBatch.findFirst({
    where: { projectId, jobId, endedAt: { not: null }, requests: { gt: 0 } },
    orderBy: { endedAt: "desc" },
    select: { status: true, requests: true },
  });
  if (!last) return { requests: null, single: false };
  const single = last.status === "refused";
  return { requests: single ? Math.max(1, Math.floor(last.requests / 2)) : last.requests * 2, single };
}

/** The provider's ids of all batches since a time, whoever's: one that is looked for is none of them. */
export async function knownBatches(db: Db, since: Date): Promise<Set<string>> {
  const rows = await db.jobBatch.findMany({
    where: { externalId: { not: null }, createdAt: { gte: since } },
    select: { externalId: true },
  });
  return new Set(rows.flatMap(({ externalId }) => externalId ?? []));
}

/** Of these requests, those that the job has at the provider. */
export async function hashesAtProvider(
  db: Db,
  { jobId }: Job,
  hashes: readonly string[],
): Promise<Set<string>> {
  const rows = await queryRows<{ hash: string }>(
    db,
    sql`select a."requestHash" as "hash" from "JobAttempt" a
      where a."jobId" = ${jobId}::uuid and a."requestHash" = any (${hashes}::text[])
        and a."batchId" is not null and a."outcome" is null`,
  );
  return new Set(rows.map(({ hash }) => hash));
}

/** A call of a batch without an outcome. */
export type OpenCall = { attemptId: string; recordId: string; hash: string; tries: number };

const openCall = sql`select a."id"::text as "attemptId", a."recordId"::text, a."requestHash" as "hash", a."number" as "tries"
  from "JobAttempt" a`;

/** Of these calls of a batch, those that are open. */
export function findOpenCalls(db: Db, batchId: string, attemptIds: readonly string[]): Promise<OpenCall[]> {
  return queryRows(
    db,
    sql`${openCall} where a."id" = any (${attemptIds}::uuid[]) and a."batchId" = ${batchId}::uuid
      and a."outcome" is null`,
  );
}

/** Any calls of a batch that are open. */
export function someOpenCalls(db: Db, batchId: string, limit: number): Promise<OpenCall[]> {
  return queryRows(
    db,
    sql`${openCall} where a."batchId" = ${batchId}::uuid and a."outcome" is null
      order by a."id" limit ${limit}::int`,
  );
}
