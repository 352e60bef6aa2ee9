import type { ListOf } from "@/contracts/common";
import type { Subset } from "@/contracts/subsets";
import { type ProjectActor, seesOnlyOwn } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { pageById } from "@/server/platform/paging";
import { isOld, requestCounts } from "./count-subset";
import { countSubsets, presentSubset, readSubsets } from "./subset-repository";

/**
 * Saved subsets, newest first, with the counts that were last made. Looking at old ones has them made again in
 * the background, so that a list costs the same however many records its subsets hold.
 */
export async function listSubsets(
  db: Db,
  actor: ProjectActor,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<ListOf<Subset>> {
  const page = await pageById({
    limit,
    cursor,
    read: (before, count) => readSubsets(db, actor, { id: null, before, limit: count }),
    count: () => countSubsets(db, actor),
  });
  if (!seesOnlyOwn(actor) && page.items.some(isOld)) await requestCounts(db, actor.projectId);
  return { ...page, items: page.items.map(presentSubset) };
}
