import { modelConfig, promptSettings } from "@/contracts/agents";
import type { ModelConfig, PromptSettings } from "@/server/modules/agents";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";

/** One version of an agent as a job uses it; versions never change. */
export type FrozenAgent = {
  agentId: string;
  agentName: string;
  versionId: string;
  version: number;
  provider: string;
  baseUrl: string | null;
  model: ModelConfig;
  prompt: PromptSettings;
};

type Which = { agentId?: string | undefined; agentVersionId?: string | undefined };

/**
 * The version named, or the newest of the agent named.
 * @throws AppError `invalid` when none or both are named, or the project has no such agent
 */
export async function findAgentVersion(
  db: Db,
  projectId: string,
  { agentId, agentVersionId }: Which,
): Promise<FrozenAgent> {
  if ((agentId === undefined) === (agentVersionId === undefined))
    throw wrongAgent("agentId", "Name either agentId (its newest version) or agentVersionId.");
  const row = await db.agentVersion.findFirst({
    where: { projectId, ...(agentVersionId ? { id: agentVersionId } : { agentId }) },
    orderBy: { version: "desc" },
    include: { agent: { select: { name: true, archivedAt: true } } },
  });
  const path = agentVersionId ? "agentVersionId" : "agentId";
  if (!row) throw wrongAgent(path, "There is no such agent in this project.");
  if (row.agent.archivedAt) throw wrongAgent(path, "This agent is archived; restore it to run it.");
  return presentVersion(row);
}

/** The version of a job that exists. */
export async function readAgentVersion(db: Db, projectId: string, id: string): Promise<FrozenAgent> {
  const row = await db.agentVersion.findUniqueOrThrow({
    where: { projectId_id: { projectId, id } },
    include: { agent: { select: { name: true } } },
  });
  return presentVersion(row);
}

type VersionRow = {
  id: string;
  agentId: string;
  version: number;
  provider: string;
  baseUrl: string | null;
  model: unknown;
  prompt: unknown;
  agent: { name: string };
};

const presentVersion = (row: VersionRow): FrozenAgent => ({
  agentId: row.agentId,
  agentName: row.agent.name,
  versionId: row.id,
  version: row.version,
  provider: row.provider,
  baseUrl: row.baseUrl,
  model: modelConfig.parse(row.model),
  prompt: promptSettings.parse(row.prompt),
});

const wrongAgent = (path: string, message: string) =>
  new AppError("invalid", message, { errors: [{ path, message }] });
