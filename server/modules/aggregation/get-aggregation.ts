import type { z } from "zod";
import type {
  AggregationCounts,
  AggregationPage,
  FinalLabelFilter,
  getAggregationInput,
} from "@/contracts/aggregation";
import { type ProjectActor, requireScope } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { cutPage, invalidCursor } from "@/server/platform/paging";
import { readFinalLabels, readSnapshots } from "./aggregation-repository";

type GetAggregationInput = Omit<z.infer<typeof getAggregationInput>, "project">;

/**
 * A snapshot with one page of its rows, in the order of the records; the cursor is the position of the last one given.
 * `total` counts what the snapshot was made of, also records that were deleted since.
 * @throws AppError `not_found`, `invalid_cursor`
 */
export async function getAggregation(
  db: Db,
  actor: ProjectActor,
  { id, limit, cursor, show }: GetAggregationInput,
): Promise<AggregationPage> {
  requireScope(actor, "aggregation:read");
  if (cursor !== undefined && !/^\d{1,18}$/.test(cursor)) throw invalidCursor();
  const { projectId } = actor;
  const [snapshot] = await readSnapshots(db, projectId, { id, limit: 1 });
  if (!snapshot)
    throw new AppError("not_found", "There is no such snapshot of final labels in this project.");
  const page = { show, after: cursor ?? null, limit: limit + 1 };
  const rows = await readFinalLabels(db, { projectId, aggregationId: id }, page);
  const { items, nextCursor } = cutPage(rows, limit, ({ position }) => position);
  return {
    ...snapshot,
    items: items.map(({ position: _, ...row }) => row),
    nextCursor,
    total: countShown(snapshot.counts, show),
    totalExact: true,
  };
}

function countShown(counts: AggregationCounts, show: FinalLabelFilter): number {
  return show === "all" ? counts.records : counts[show];
}
