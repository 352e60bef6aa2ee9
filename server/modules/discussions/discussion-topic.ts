import type { Db } from "@/server/platform/db";
import { publish } from "@/server/platform/events";

/** Where it is told that something was said about a project's records. The rows are the truth. */
export const discussionTopic = (projectId: string): string => `discussions.${projectId}`;

/** Tells whoever follows the project's discussions, when the transaction of `db` commits. */
export const announceDiscussion = (db: Db, projectId: string): Promise<void> =>
  publish(db, discussionTopic(projectId));
