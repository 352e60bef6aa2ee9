import { z } from "zod";
import type { Agent, listAgentsInput } from "@/contracts/agents";
import type { ListOf } from "@/contracts/common";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { countAgents, readAgents } from "./agent-repository";

const lastId = z.uuid();

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
  const before = cursor === undefined ? null : lastId.safeParse(cursor).data;
  if (before === undefined) throw new AppError("invalid_cursor", "This cursor was not made by this list.");
  const asked = { ...filter, archived };
  const found = await readAgents(db, projectId, asked, { before, limit: limit + 1, includeJobs });
  const items = found.slice(0, limit);
  return {
    items,
    nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null,
    total: await countAgents(db, projectId, asked),
    totalExact: true,
  };
}
