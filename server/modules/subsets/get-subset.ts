import type { Subset } from "@/contracts/subsets";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { readSubset } from "./subset-repository";

/** One subset with its count now, as the actor sees it. @throws AppError `not_found` */
export function getSubset(db: Db, actor: ProjectActor, { id }: { id: string }): Promise<Subset> {
  return readSubset(db, actor, id);
}
