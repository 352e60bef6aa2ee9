import type { z } from "zod";
import type { Assignment, patchAssignmentInput } from "@/contracts/assignments";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { readAssignment } from "./list-assignments";
import { noSuchAssignment } from "./withdraw-assignment";

type PatchAssignmentInput = Omit<z.infer<typeof patchAssignmentInput>, "project">;

/** Changes until when an assignment is to be done. @throws AppError `not_found` */
export async function patchAssignment(
  db: Db,
  actor: ProjectActor,
  { id, dueAt }: PatchAssignmentInput,
): Promise<Assignment> {
  await db.assignment.updateMany({
    where: { projectId: actor.projectId, id, withdrawnAt: null },
    data: { dueAt },
  });
  const changed = await readAssignment(db, actor, id);
  if (!changed) throw noSuchAssignment();
  return changed;
}
