import { z } from "zod";
import { giveUpEmbeddings, MAX_EMBEDDING_ATTEMPTS, runEmbeddings } from "@/server/modules/records";
import { createLlm } from "@/server/platform/llm";
import type { TaskHandler } from "@/server/platform/queue";

const payload = z.object({ runId: z.uuid() });

/** Has an endpoint compute vectors of records. */
export const handleEmbedRecords: TaskHandler = async (given, { db, signal, attempt, givenUp }) => {
  const { runId } = payload.parse(given);
  if (givenUp) return giveUpEmbeddings(db, runId);
  const lastAttempt = attempt >= MAX_EMBEDDING_ATTEMPTS;
  await runEmbeddings({ db, embedder: createLlm(), signal, lastAttempt }, runId);
};
