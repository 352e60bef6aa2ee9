import type { Budget } from "@/contracts/llm-keys";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";

const MICRO = 1_000_000;

/** What the project's jobs may spend, have spent, and hold for calls under way. */
export async function getBudget(db: Db, { projectId }: Pick<ProjectActor, "projectId">): Promise<Budget> {
  const row = await db.project.findUniqueOrThrow({
    where: { id: projectId },
    select: { spendCapMicroUsd: true, spentMicroUsd: true, reservedMicroUsd: true },
  });
  return {
    spendCapUsd: row.spendCapMicroUsd === null ? null : Number(row.spendCapMicroUsd) / MICRO,
    spentUsd: Number(row.spentMicroUsd) / MICRO,
    reservedUsd: Number(row.reservedMicroUsd) / MICRO,
  };
}
