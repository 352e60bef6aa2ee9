import type { AggregationSnapshot } from "@/contracts/aggregation";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { readSnapshots } from "./aggregation-repository";

/** One snapshot of the project. @throws AppError `not_found` */
export async function requireSnapshot(db: Db, projectId: string, id: string): Promise<AggregationSnapshot> {
  const [snapshot] = await readSnapshots(db, projectId, { id, limit: 1 });
  if (snapshot) return snapshot;
  throw new AppError("not_found", "There is no such snapshot of final labels in this project.");
}

/** Refuses one that has no rows: they are still being made, or never were. @throws AppError `snapshot_not_ready` (409) */
export function requireReady({ status, error }: Pick<AggregationSnapshot, "status" | "error">): void {
  if (status === "ready") return;
  throw new AppError(
    "snapshot_not_ready",
    status === "running"
      ? "This snapshot of final labels is still being made. Wait until it is ready."
      : `This snapshot of final labels was not made: ${error?.detail ?? "it failed."} Make a new one.`,
    { status: 409 },
  );
}
