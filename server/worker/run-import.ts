import { z } from "zod";
import { labelImport } from "@/server/modules/label-imports";
import { MAX_IMPORT_ATTEMPTS, runImport } from "@/server/modules/records";
import type { TaskHandler } from "@/server/platform/queue";

const payload = z.object({ importId: z.uuid() });

/** Reads an uploaded file into records. */
export const runImportTask: TaskHandler = async (given, { db, pool, signal, attempt }) => {
  const { importId } = payload.parse(given);
  await runImport({ db, pool, signal, lastAttempt: attempt >= MAX_IMPORT_ATTEMPTS }, importId, {
    labels: labelImport(db),
  });
};
