import { type ListOf, id as uuid } from "@/contracts/common";
import type { Subset } from "@/contracts/subsets";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { countSubsets, readSubsets } from "./subset-repository";

/** Saved subsets, newest first; the cursor is the id of the last one given. */
export async function listSubsets(
  db: Db,
  actor: ProjectActor,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<ListOf<Subset>> {
  if (cursor !== undefined && !uuid.safeParse(cursor).success)
    throw new AppError("invalid_cursor", "This cursor was not made by this list.");
  const found = await readSubsets(db, actor, { id: null, before: cursor ?? null, limit: limit + 1 });
  const items = found.slice(0, limit);
  return {
    items,
    nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null,
    total: await countSubsets(db, actor),
    totalExact: true,
  };
}
