import { z } from "zod";
import { Prisma } from "@/prisma/generated/client/client";
import { announceEvent } from "@/server/modules/webhooks";
import type { Db } from "@/server/platform/db";
import { execute, sql } from "@/server/platform/sql";
import { countReport } from "./report/present-job";

const namedModel = z.object({ model: z.string() });

/**
 * Ends a job: its key is erased, what it had reserved and not spent is given back, and its report is kept.
 * The caller holds the job's row.
 * @param error why it could not be run, when it failed
 */
export async function endJob(
  tx: Db,
  projectId: string,
  id: string,
  status: "succeeded" | "failed" | "cancelled",
  error: { kind: string; message: string } | null = null,
): Promise<void> {
  await execute(
    tx,
    sql`update "Project" p set "reservedMicroUsd" = p."reservedMicroUsd" - j."reservedMicroUsd"
      from "Job" j where j."id" = ${id}::uuid and j."projectId" = ${projectId}::uuid and p."id" = j."projectId"`,
  );
  const row = await tx.job.update({
    where: { projectId_id: { projectId, id } },
    data: {
      status,
      pausedReason: null,
      cancelRequested: false,
      reservedMicroUsd: 0,
      sealedApiKey: null,
      error: error ?? Prisma.DbNull,
      finishedAt: new Date(),
    },
    include: { agentVersion: { select: { model: true } } },
  });
  const report = await countReport(tx, row, namedModel.parse(row.agentVersion.model).model);
  await tx.job.update({ where: { projectId_id: { projectId, id } }, data: { report } });
  await announceEvent(tx, projectId, { event: "job.finished", subject: { job: { id, status } } });
}
