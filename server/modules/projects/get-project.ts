import type { Project } from "@/contracts/projects";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { readProject } from "./project-repository";

/** The project as this member sees it: role, figures, metadata names. @throws AppError `not_found` */
export function getProject(db: Db, { userId, projectId }: ProjectActor): Promise<Project> {
  return readProject(db, userId, projectId);
}
