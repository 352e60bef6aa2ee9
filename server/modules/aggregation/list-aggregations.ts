import type { z } from "zod";
import type { AggregationSnapshot, listAggregationsInput } from "@/contracts/aggregation";
import { type ListOf, id as uuid } from "@/contracts/common";
import { type ProjectActor, requireScope } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { readSnapshots } from "./aggregation-repository";

type ListAggregationsInput = Omit<z.infer<typeof listAggregationsInput>, "project">;

/** Snapshots of final labels, newest first; the cursor is the id of the last one given. */
export async function listAggregations(
  db: Db,
  actor: ProjectActor,
  { label, limit, cursor }: ListAggregationsInput,
): Promise<ListOf<AggregationSnapshot>> {
  requireScope(actor, "aggregation:read");
  if (cursor !== undefined && !uuid.safeParse(cursor).success)
    throw new AppError("invalid_cursor", "This cursor was not made by this list.");
  const { projectId } = actor;
  const found = await readSnapshots(db, projectId, { label, before: cursor, limit: limit + 1 });
  const items = found.slice(0, limit);
  return {
    items,
    nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null,
    total: await db.aggregation.count({ where: { projectId, ...(label ? { labelName: label } : {}) } }),
    totalExact: true,
  };
}
