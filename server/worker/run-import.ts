import { z } from "zod";
import { labelImport } from "@/server/modules/label-imports";
import { giveUpImport, MAX_IMPORT_ATTEMPTS, runImport } from "@/server/modules/records";
import type { TaskHandler } from "@/server/platform/queue";

const payload = z.object({ importId: z.uuid() });

/** Reads an uploaded file into records. */
export const runImportTask: TaskHandler = async (given, { db, pool, signal, attempt, givenUp }) => {
  const { importId } = payload.parse(given);
  if (givenUp) return giveUpImport(db, importId);
  await runImport({ db, pool, signal, lastAttempt: attempt >= MAX_IMPORT_ATTEMPTS }, importId, {
    labels: labelImport(db),
  });
};
