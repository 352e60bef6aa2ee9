import { z } from "zod";
import { type ReconcilingPresence, reconciliationNews } from "@/contracts/reconciliations";
import type { Db } from "@/server/platform/db";
import { publish } from "@/server/platform/events";

/** Where it is told that something was decided in the project, and who looks where. */
export const reconciliationTopic = (projectId: string): string => `reconciliation:${projectId}`;

/** What an event of the topic says. */
export const reconciliationEvent = z.object({
  label: z.string(),
  recordIds: reconciliationNews.shape.recordIds.optional(),
  look: reconciliationNews.shape.looks.element.optional(),
  /** The person who has begun to watch. */
  arrived: z.uuid().optional(),
});

/** An event holds under 8 KB. */
const RECORDS_OF_AN_EVENT = 150;

/** Tells whoever watches that these records were decided, when the transaction of `tx` commits. */
export async function announceDecisions(
  tx: Db,
  projectId: string,
  { label, recordIds }: { label: string; recordIds: readonly string[] },
): Promise<void> {
  const all = [...new Set(recordIds)];
  for (let from = 0; from < all.length; from += RECORDS_OF_AN_EVENT)
    await publish(tx, reconciliationTopic(projectId), {
      label,
      recordIds: all.slice(from, from + RECORDS_OF_AN_EVENT),
    });
}

/** Tells whoever watches where somebody looks. Nothing is kept. */
export const announceLook = (
  db: Db,
  projectId: string,
  { label, look }: { label: string; look: ReconcilingPresence },
): Promise<void> => publish(db, reconciliationTopic(projectId), { label, look });

/** Tells whoever watches that somebody begins to, so that they say where they look. */
export const announceArrival = (
  db: Db,
  projectId: string,
  { label, arrived }: { label: string; arrived: string },
): Promise<void> => publish(db, reconciliationTopic(projectId), { label, arrived });
