import type { z } from "zod";
import type { AggregationSnapshot, listAggregationsInput } from "@/contracts/aggregation";
import type { ListOf } from "@/contracts/common";
import { type ProjectActor, requireScope } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { pageById } from "@/server/platform/paging";
import { readSnapshots } from "./aggregation-repository";

type ListAggregationsInput = Omit<z.infer<typeof listAggregationsInput>, "project">;

/** Snapshots of final labels, newest first. */
export async function listAggregations(
  db: Db,
  actor: ProjectActor,
  { label, limit, cursor }: ListAggregationsInput,
): Promise<ListOf<AggregationSnapshot>> {
  requireScope(actor, "aggregation:read");
  const { projectId } = actor;
  return pageById({
    limit,
    cursor,
    read: (before, count) => readSnapshots(db, projectId, { label, before, limit: count }),
    count: () => db.aggregation.count({ where: { projectId, ...(label ? { labelName: label } : {}) } }),
  });
}
