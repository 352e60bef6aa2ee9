import { z } from "zod";
import { makeAggregation } from "@/server/modules/aggregation";
import type { TaskHandler } from "@/server/platform/queue";

const payload = z.object({ projectId: z.uuid(), id: z.uuid() });

/** Makes a snapshot of final labels that is too large for a request. */
export const handleMakeAggregation: TaskHandler = (given, context) =>
  makeAggregation(context, payload.parse(given));
