import type { Agent } from "@/contracts/agents";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { readAgent } from "./agent-repository";

/** One agent with its newest version, all its versions and its jobs. @throws AppError `not_found` */
export function getAgent(db: Db, { projectId }: ProjectActor, { id }: { id: string }): Promise<Agent> {
  return readAgent(db, projectId, id);
}
