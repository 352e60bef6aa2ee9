import type { z } from "zod";
import type { patchSubsetInput, Subset } from "@/contracts/subsets";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { noSuchSubset, readSubset } from "./subset-repository";

type RenameSubsetInput = Omit<z.infer<typeof patchSubsetInput>, "project">;

/** Gives a subset another name; what it holds never changes by this. @throws AppError `not_found` */
export async function renameSubset(
  db: Db,
  actor: ProjectActor,
  { id, name }: RenameSubsetInput,
): Promise<Subset> {
  const { count } = await db.subset.updateMany({
    where: { projectId: actor.projectId, id, deletedAt: null },
    data: { name },
  });
  if (count === 0) throw noSuchSubset();
  return readSubset(db, actor, id);
}
