import { countOldSubsets } from "@/server/modules/subsets";
import type { TaskHandler } from "@/server/platform/queue";

/** Makes the old counts of a project's subsets again. */
export const handleCountSubsets: TaskHandler = (payload, { db, signal }) =>
  countOldSubsets(db, payload, signal);
