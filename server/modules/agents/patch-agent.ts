import type { Agent } from "@/contracts/agents";
import type { ProjectActor } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { noSuchAgent, readAgent } from "./agent-repository";

export type PatchAgentInput = { id: string; name?: string | undefined; archived?: boolean | undefined };

/** Renames, archives or restores an agent; its versions and jobs stay as they are. @throws AppError `not_found` */
export async function patchAgent(
  db: Db,
  { projectId }: ProjectActor,
  { id, name, archived }: PatchAgentInput,
): Promise<Agent> {
  return inTransaction(db, async (tx) => {
    const { count } = await tx.agent.updateMany({
      where: { projectId, id },
      data: { name, archivedAt: archived === undefined ? undefined : archived ? new Date() : null },
    });
    if (count === 0) throw noSuchAgent();
    return readAgent(tx, projectId, id);
  });
}
