import type { z } from "zod";
import type {
  AggregationCounts,
  AggregationPage,
  FinalLabelFilter,
  getAggregationInput,
} from "@/contracts/aggregation";
import { type ProjectActor, requireScope } from "@/server/modules/access";
import { loadSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { cutPage, invalidCursor } from "@/server/platform/paging";
import { readFinalLabels, readModel } from "./aggregation-repository";
import { findHidingSession } from "./find-hiding-session";
import { requireSnapshot } from "./require-snapshot";

type GetAggregationInput = Omit<z.infer<typeof getAggregationInput>, "project">;

/**
 * A snapshot with one page of its rows, in the order of the records, also of records that were deleted since; the cursor
 * is the position of the last one given. Rows of what is hidden from the actor until they have decided are left out, and,
 * while a session hides something of the label, what was estimated of the annotators: from that and the rows in sight one
 * could work out the others. One that isn't ready has no rows.
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
  const snapshot = await requireSnapshot(db, projectId, id);
  const page = { show, after: cursor ?? null, limit: limit + 1 };
  const sight = await loadSight(db, actor);
  const hiding = await findHidingSession(db, sight, snapshot.label);
  const rows = await readFinalLabels(db, { sight, aggregationId: id, label: snapshot.label }, page);
  const { items, nextCursor } = cutPage(rows, limit, ({ position }) => position);
  return {
    ...snapshot,
    model: hiding ? null : await readModel(db, projectId, id),
    items: items.map(({ position: _, ...row }) => row),
    nextCursor,
    total: countShown(snapshot.counts, show),
    totalExact: true,
  };
}

function countShown(counts: AggregationCounts, show: FinalLabelFilter): number {
  return show === "all" ? counts.records : counts[show];
}
