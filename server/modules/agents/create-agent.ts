import type { z } from "zod";
import type { Agent, createAgentInput } from "@/contracts/agents";
import type { ProjectActor } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import { insertVersion, readAgent } from "./agent-repository";
import { checkContent } from "./check-content";
import { buildTemplate } from "./prompt/build-template";

/**
 * Registers an agent with its first version.
 * @throws AppError `invalid_agent` with every problem of model, address and prompt; `no_schema`
 */
export async function createAgent(
  db: Db,
  actor: ProjectActor,
  { name, ...draft }: Omit<z.infer<typeof createAgentInput>, "project">,
): Promise<Agent> {
  const { content, schema } = await checkContent(db, actor, draft);
  const { projectId, userId: createdById } = actor;
  const id = newId();
  return inTransaction(db, async (tx) => {
    await tx.agent.create({ data: { id, projectId, name, createdById } });
    const { template } = buildTemplate(schema, content.prompt);
    await insertVersion(tx, { ...content, projectId, agentId: id, version: 1, template, createdById });
    return readAgent(tx, projectId, id);
  });
}
