import { z } from "zod";
import { failMapping, mapLabels } from "@/server/modules/schema-changes";
import type { TaskHandler } from "@/server/platform/queue";

const payload = z.object({ projectId: z.uuid(), mappingId: z.uuid() });
const MAX_ATTEMPTS = 5;

/** Copies labels of old values to those of a newer schema version. */
export const handleMapLabels: TaskHandler = async (given, { db, signal, attempt, givenUp }) => {
  const ids = payload.parse(given);
  if (givenUp) return failMapping(db, ids);
  try {
    await mapLabels(db, { ...ids, signal });
  } catch (error) {
    if (attempt >= MAX_ATTEMPTS && !signal.aborted) await failMapping(db, ids);
    throw error;
  }
};
