import type { z } from "zod";
import type { Agent, listAgentsInput } from "@/contracts/agents";
import type { ListOf } from "@/contracts/common";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { pageById } from "@/server/platform/paging";
import { countAgents, readAgents } from "./agent-repository";

/** The project's agents, newest first, with their newest version; filters ask that version. */
export async function listAgents(
  db: Db,
  { projectId }: ProjectActor,
  {
    limit,
    cursor,
    includeJobs = false,
    archived = false,
    ...filter
  }: Omit<z.infer<typeof listAgentsInput>, "project">,
): Promise<ListOf<Agent>> {
  const asked = { ...filter, archived };
  return pageById({
    limit,
    cursor,
    read: (before, count) => readAgents(db, projectId, asked, { before, limit: count, includeJobs }),
    count: () => countAgents(db, projectId, asked),
  });
}
