import { runJob } from "@/server/modules/jobs";
import { createBatches, createLlm } from "@/server/platform/llm";
import type { TaskHandler } from "@/server/platform/queue";

/** Runs a job against its provider. */
export const handleRunJob: TaskHandler = (payload, context) =>
  runJob(payload, context, { llm: createLlm(), batches: createBatches() });
