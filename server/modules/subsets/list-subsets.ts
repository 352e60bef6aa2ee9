import type { ListOf } from "@/contracts/common";
import type { Subset } from "@/contracts/subsets";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { pageById } from "@/server/platform/paging";
import { countSubsets, readSubsets } from "./subset-repository";

/** Saved subsets, newest first. */
export async function listSubsets(
  db: Db,
  actor: ProjectActor,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<ListOf<Subset>> {
  return pageById({
    limit,
    cursor,
    read: (before, count) => readSubsets(db, actor, { id: null, before, limit: count }),
    count: () => countSubsets(db, actor),
  });
}
