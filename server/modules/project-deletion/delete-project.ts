import { expelEverybody, type ProjectActor, recordAudit } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { enqueueErasing } from "./erase-task";
import { stopWork } from "./stop-work";

/** Whoever starts a job or joins at this moment is waited for. */
const TIMEOUT = 60_000;

/**
 * Deletes a project for good. From the commit on nobody reaches it, its sockets close, and no call to a model starts;
 * its rows are deleted by the worker. Its address is free at once. That it was deleted, by whom and from where, stays
 * in the instance's own part of the audit log.
 * @param name the project's name, typed by whoever deletes it
 * @throws AppError `invalid` when `name` is another, `not_found` when somebody else was faster
 */
export async function deleteProject(
  db: Db,
  { projectId, userId, address }: ProjectActor,
  { name }: { name: string },
): Promise<void> {
  await inTransaction(
    db,
    async (tx) => {
      const project = await tx.project.findUnique({ where: { id: projectId, deletingAt: null } });
      if (!project)
        throw new AppError("not_found", "There is no such project, or you are not a member of it.");
      if (project.name !== name)
        throw new AppError("invalid", "Type the project's name exactly as it is written to delete it.", {
          errors: [{ path: "name", message: "is not the name of this project" }],
        });
      // Jobs before their project, which is the order of locks in which calls begin.
      await stopWork(tx, projectId);
      const marked = await tx.project.updateMany({
        where: { id: projectId, deletingAt: null },
        data: { deletingAt: new Date(), slug: projectId },
      });
      if (marked.count === 0)
        throw new AppError("not_found", "There is no such project, or you are not a member of it.");
      await expelEverybody(tx, projectId);
      await recordAudit(tx, {
        projectId: null,
        actorId: userId,
        action: "project.deleted",
        target: projectId,
        details: { name: project.name, slug: project.slug },
        address,
      });
      await enqueueErasing(tx, projectId);
    },
    { timeoutMs: TIMEOUT },
  );
}
