import type { ListOf } from "@/contracts/common";
import type { Project } from "@/contracts/projects";
import type { Actor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { pageById } from "@/server/platform/paging";
import { countProjects, readProjects } from "./project-repository";

/** The projects that the actor is a member of, newest first. */
export async function listProjects(
  db: Db,
  { userId, token }: Actor,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<ListOf<Project>> {
  const onlyProjectId = token?.projectId ?? null;
  return pageById({
    limit,
    cursor,
    read: (before, count) => readProjects(db, { userId, onlyProjectId, before, limit: count }),
    count: () => countProjects(db, userId, onlyProjectId),
  });
}
