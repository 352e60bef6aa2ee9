import type { ProjectActor } from "@/server/modules/access";
import { type Db, inTransaction, sqlRows, sqlRun } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { noSuchAgent } from "./agent-repository";

/**
 * Deletes an agent that never ran. One that has jobs is the provenance of their labels and stays.
 * @throws AppError `not_found`, `conflict` when it has jobs
 */
export async function deleteAgent(
  db: Db,
  { projectId }: ProjectActor,
  { id }: { id: string },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const params = [projectId, id];
    // A job that begins meanwhile waits here and then finds no version.
    const versions = await sqlRows(
      tx,
      `select 1 from "AgentVersion" where "projectId" = $1::uuid and "agentId" = $2::uuid for update`,
      params,
    );
    if (versions.length === 0) throw noSuchAgent();
    const used = await tx.job.count({ where: { projectId, agentVersion: { agentId: id } } });
    if (used > 0)
      throw new AppError("conflict", "This agent has jobs, whose labels it explains. Archive it instead.");
    await sqlRun(
      tx,
      `delete from "AgentVersion" where "projectId" = $1::uuid and "agentId" = $2::uuid`,
      params,
    );
    await sqlRun(tx, `delete from "Agent" where "projectId" = $1::uuid and "id" = $2::uuid`, params);
  });
}
