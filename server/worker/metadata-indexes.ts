import { z } from "zod";
import { buildMetadataIndexes, dropMetadataIndexes } from "@/server/modules/search";
import { enqueue, type TaskHandler } from "@/server/platform/queue";

const payload = z.object({ projectId: z.uuid() });
const MAX_ATTEMPTS = 5;
const DAY = 24 * 60 * 60_000;

/** Builds the metadata indexes that searches of a project asked for. */
export const handleBuildMetadataIndexes: TaskHandler = async (given, { pool, signal, attempt }) => {
  const { projectId } = payload.parse(given);
  await buildMetadataIndexes({ pool, signal, lastAttempt: attempt >= MAX_ATTEMPTS }, projectId);
};

/** Drops metadata indexes that are no longer used, once a day while there are any. */
export const handleDropMetadataIndexes: TaskHandler = async (_given, { db, pool, signal }) => {
  if (!(await dropMetadataIndexes({ pool, signal }))) return;
  const runAt = new Date(Date.now() + DAY);
  await enqueue(db, "drop-metadata-indexes", {}, { key: "drop-metadata-indexes", runAt });
};
