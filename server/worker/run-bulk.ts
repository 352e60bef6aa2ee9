import { z } from "zod";
import { giveUpBulk, runBulk } from "@/server/modules/bulk";
import type { TaskHandler } from "@/server/platform/queue";

const payload = z.object({ projectId: z.uuid(), runId: z.uuid() });

/** Works an action on many records through, or takes it back. */
export const handleRunBulk: TaskHandler = (given, context) =>
  context.givenUp ? giveUpBulk(context.db, payload.parse(given)) : runBulk(context, payload.parse(given));
