import type { AgentVersion } from "@/contracts/agents";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { readVersion } from "./agent-repository";

/** One version of an agent. @throws AppError `not_found` */
export function getAgentVersion(
  db: Db,
  { projectId }: ProjectActor,
  { id, version }: { id: string; version: number },
): Promise<AgentVersion> {
  return readVersion(db, projectId, id, version);
}
