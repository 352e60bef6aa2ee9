import { createSession } from "@/server/modules/verification";
import type { Db } from "@/server/platform/db";
import type { LabelledProject } from "@/server/testing/labelled-project";
import { addSpanJob, createSpanProject, ROME } from "@/server/testing/span-project";
import { annotationIdsOf, type LiveWorld } from "./live-world";

export type SpanWorld = LiveWorld & {
  /** In the order of the records. */
  recordIds: string[];
  /** In those of them the job found no span; they come last. */
  emptyIds: string[];
};

/**
 * A project with a label of spans and an open session on a job's: a city at `ROME` in each record but the last
 * `empty` ones, where the job found nothing.
 */
export async function createSpanWorld(db: Db, { records = 6, empty = 2 } = {}): Promise<SpanWorld> {
  const { recordIds, ...world } = await createSpanProject(db, { records });
  const spans = recordIds
    .slice(0, records - empty)
    .map((recordId) => ({ recordId, value: ["city"], ...ROME }));
  const jobId = await addSpanJob(world, recordIds, spans);
  const session = await openSpanSession(world, jobId);
  return {
    ...world,
    jobId,
    session,
    annotationIds: await annotationIdsOf(db, session.id),
    recordIds,
    emptyIds: recordIds.slice(records - empty),
  };
}

export const openSpanSession = ({ db, member }: LabelledProject, ...jobIds: string[]) =>
  createSession(db, member, {
    label: "places",
    jobIds,
    order: "confidence",
    mode: "shared",
    blindShare: 0,
    members: [],
  });
