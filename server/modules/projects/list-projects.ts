import type { ListOf } from "@/contracts/common";
import { id as uuid } from "@/contracts/common";
import type { Project } from "@/contracts/projects";
import type { Actor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { countProjects, readProjects } from "./project-repository";

/** The projects that the actor is a member of, newest first; the cursor is the id of the last one given. */
export async function listProjects(
  db: Db,
  { userId, token }: Actor,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<ListOf<Project>> {
  if (cursor !== undefined && !uuid.safeParse(cursor).success)
    throw new AppError("invalid_cursor", "This cursor was not made by this list.");
  const onlyProjectId = token?.projectId ?? null;
  const found = await readProjects(db, { userId, onlyProjectId, before: cursor ?? null, limit: limit + 1 });
  const items = found.slice(0, limit);
  return {
    items,
    nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null,
    total: await countProjects(db, userId, onlyProjectId),
    totalExact: true,
  };
}
