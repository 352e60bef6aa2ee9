import type { Db } from "@/server/platform/db";
import { publish } from "@/server/platform/events";

/** Where it is told that a snapshot of the project has begun, got further or ended: read the rows again. */
export const aggregationTopic = (projectId: string): string => `aggregations:${projectId}`;

/** Tells whoever watches, when the transaction of `db` commits. */
export const announceAggregation = (db: Db, projectId: string): Promise<void> =>
  publish(db, aggregationTopic(projectId));
