import { z } from "zod";
import { compactRoom } from "@/server/modules/verification";
import type { TaskHandler } from "@/server/platform/queue";

const payload = z.object({ room: z.string() });

/** Folds the log of a live document into its snapshot. */
export const handleCompactRoom: TaskHandler = async (given, { db }) => {
  await compactRoom(db, payload.parse(given).room);
};
