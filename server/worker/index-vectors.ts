import { z } from "zod";
import { buildVectorIndex } from "@/server/modules/records";
import type { TaskHandler } from "@/server/platform/queue";

const payload = z.object({ projectId: z.uuid(), name: z.string() });

/** Builds an index over vectors, where the database can. */
export const handleIndexVectors: TaskHandler = async (given, { pool }) => {
  await buildVectorIndex(pool, payload.parse(given));
};
