import { z } from "zod";
import type { ListOf } from "@/contracts/common";
import type { EmbeddingRun } from "@/contracts/vectors";
import { namesOf, type ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { pageById } from "@/server/platform/paging";

const runError = z.object({ code: z.string(), detail: z.string() });

type Row = NonNullable<Awaited<ReturnType<Db["embeddingRun"]["findFirst"]>>>;

/** The project's runs of an embedding model, newest first. */
export function listEmbeddingRuns(
  db: Db,
  { projectId }: ProjectActor,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<ListOf<EmbeddingRun>> {
  return pageById({
    limit,
    cursor,
    read: async (before, take) =>
      present(
        db,
        await db.embeddingRun.findMany({
          where: { projectId, ...(before ? { id: { lt: before } } : {}) },
          orderBy: { id: "desc" },
          take,
        }),
      ),
    count: () => db.embeddingRun.count({ where: { projectId } }),
  });
}

/** @throws AppError `not_found` */
export async function presentEmbeddingRun(db: Db, projectId: string, id: string): Promise<EmbeddingRun> {
  const row = await db.embeddingRun.findFirst({ where: { projectId, id } });
  const [run] = await present(db, row ? [row] : []);
  if (!run) throw new AppError("not_found", "There is no such run.");
  return run;
}

/**
 * Ends a run: one that waits at once, one that is under way after the call that it is at. Vectors that are written
 * stay. @throws AppError `not_found`
 */
export async function cancelEmbeddings(
  db: Db,
  { projectId }: ProjectActor,
  { id }: { id: string },
): Promise<EmbeddingRun> {
  await db.embeddingRun.updateMany({
    where: { projectId, id, status: "queued" },
    data: { status: "cancelled", cancelRequested: true, finishedAt: new Date(), sealedApiKey: null },
  });
  await db.embeddingRun.updateMany({
    where: { projectId, id, status: "running" },
    data: { cancelRequested: true },
  });
  return presentEmbeddingRun(db, projectId, id);
}

async function present(db: Db, rows: readonly Row[]): Promise<EmbeddingRun[]> {
  const names = await namesOf(
    db,
    rows.map(({ createdById }) => createdById),
  );
  return rows.map(({ id, name, model, baseUrl, status, total, done, failed, ...row }) => ({
    id,
    name,
    model,
    baseUrl,
    status,
    total,
    done,
    failed,
    promptTokens: Number(row.promptTokens),
    error: row.error === null ? null : runError.parse(row.error),
    createdBy: { id: row.createdById, name: names.get(row.createdById) ?? "" },
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  }));
}
