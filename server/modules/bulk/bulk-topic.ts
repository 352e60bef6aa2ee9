import type { Db } from "@/server/platform/db";
import { publish } from "@/server/platform/events";

/** Where it is told that a bulk run of the project has begun, got further or ended: read the rows again. */
export const bulkTopic = (projectId: string): string => `bulk:${projectId}`;

/** Tells whoever watches, when the transaction of `db` commits. */
export const announceBulk = (db: Db, projectId: string): Promise<void> => publish(db, bulkTopic(projectId));
