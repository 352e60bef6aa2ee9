import type { AggregationSnapshot } from "@/contracts/aggregation";
import { type ProjectActor, requireScope } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { announceAggregation } from "./aggregation-topic";
import { requireSnapshot } from "./require-snapshot";

/**
 * Stops a snapshot that is being made: it stays listed as failed, without rows. Cancelling twice is the same as once.
 * @throws AppError `not_found`; `conflict` when it is ready, or failed by itself
 */
export async function cancelAggregation(
  db: Db,
  actor: ProjectActor,
  { id }: { id: string },
): Promise<AggregationSnapshot> {
  requireScope(actor, "aggregation:write");
  const { projectId, userName } = actor;
  return inTransaction(db, async (tx) => {
    const { count } = await tx.aggregation.updateMany({
      where: { projectId, id, status: "running" },
      data: {
        status: "failed",
        progress: null,
        error: { code: CANCELLED, detail: `${userName} cancelled it.` },
      },
    });
    const snapshot = await requireSnapshot(tx, projectId, id);
    if (count === 0 && snapshot.error?.code !== CANCELLED)
      throw new AppError(
        "conflict",
        snapshot.status === "ready"
          ? "This snapshot is ready, so there is nothing to cancel."
          : "This snapshot has already failed.",
      );
    await announceAggregation(tx, projectId);
    return snapshot;
  });
}

const CANCELLED = "cancelled";
