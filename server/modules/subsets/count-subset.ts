import { z } from "zod";
import type { Subset } from "@/contracts/subsets";
import { countRecords } from "@/server/modules/search";
import type { Db } from "@/server/platform/db";
import { isAppError } from "@/server/platform/errors";
import { enqueue } from "@/server/platform/queue";
import { teamEyes } from "./team-eyes";

/** The task that counts a project's subsets in the background. */
const COUNT_SUBSETS = "count-subsets";
const taskPayload = z.object({ projectId: z.uuid() });

/** A kept count is good for so long (milliseconds); a frozen subset only loses records that are deleted. */
const GOOD_FOR = { live: 60_000, static: 600_000 };

/** Whether a kept count should be made again. */
export const isOld = ({ kind, countedAt }: { kind: Subset["kind"]; countedAt: Date | null }): boolean =>
  countedAt === null || Date.now() - countedAt.getTime() > GOOD_FOR[kind];

/** Counts one subset's records and keeps the figure with its time. */
export async function countSubset(
  db: Db,
  { projectId, subsetId }: { projectId: string; subsetId: string },
): Promise<void> {
  const countedAt = new Date();
  const count = await countRecords(db, teamEyes(projectId), { subset: subsetId });
  await db.subset.updateMany({ where: { projectId, id: subsetId }, data: { count, countedAt } });
}

/** Asks for new counts in the background; a project that waits for them already is counted once. */
export async function requestCounts(db: Db, projectId: string): Promise<void> {
  await enqueue(db, COUNT_SUBSETS, { projectId }, { key: `${COUNT_SUBSETS}:${projectId}`, priority: -1 });
}

/** Makes the old counts of a project again, one subset after the other. Safe to run twice. */
export async function countOldSubsets(db: Db, payload: unknown, signal: AbortSignal): Promise<void> {
  const { projectId } = taskPayload.parse(payload);
  const subsets = await db.subset.findMany({
    where: { projectId, deletedAt: null },
    select: { id: true, kind: true, countedAt: true },
    orderBy: { id: "desc" },
  });
  for (const { id } of subsets.filter(isOld)) {
    signal.throwIfAborted();
    // A subset that was deleted meanwhile, or whose search can't be asked any more, keeps its old count.
    await countSubset(db, { projectId, subsetId: id }).catch((error: unknown) => {
      if (!isAppError(error)) throw error;
    });
  }
}
