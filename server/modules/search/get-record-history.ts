import type { z } from "zod";
import type { annotationEvent, recordHistory } from "@/contracts/records";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";
import { getRecord } from "./get-record";
import { loadViewer } from "./load-query-scope";
import { readVerdicts } from "./read-records";

type EventRow = Omit<z.infer<typeof annotationEvent>, "createdAt"> & { createdAt: Date };

/** Of each kind the newest so many. */
const MAX_EVENTS = 500;

/**
 * Everything that happened to one record's labels, newest first; for an annotator what they did themselves.
 * @throws AppError `not_found` for a record that the actor does not reach
 */
export async function getRecordHistory(
  db: Db,
  actor: ProjectActor,
  { id }: { id: string },
): Promise<z.infer<typeof recordHistory>> {
  await getRecord(db, actor, { id });
  const { projectId } = actor;
  const viewer = await loadViewer(db, actor);
  const onlyBy = viewer.kind === "annotator" ? viewer.userId : null;
  const events = await queryRows<EventRow>(
    db,
    sql`select e."id", e."annotationId", e."labelName" as "label", e."conf", e."createdAt",
        case when not e."cleared" then e."value" end as "value",
        json_build_object('id', t."id", 'kind', t."kind", 'name', t."name") as "annotator"
      from "AnnotationEvent" e
      join "Annotator" t on t."projectId" = e."projectId" and t."id" = e."annotatorId"
      where e."projectId" = ${projectId}::uuid and e."recordId" = ${id}::uuid
        and (${onlyBy}::uuid is null or e."annotatorId" = ${onlyBy}::uuid)
      order by e."createdAt" desc, e."id" desc limit ${MAX_EVENTS}::int`,
  );
  const verifications = await readVerdicts(
    db,
    sql`v."projectId" = ${projectId}::uuid and v."recordId" = ${id}::uuid
      and (${onlyBy}::uuid is null or v."verifierId" = ${onlyBy}::uuid)`,
    MAX_EVENTS,
  );
  return {
    annotations: events.map((event) => ({ ...event, createdAt: event.createdAt.toISOString() })),
    verifications,
  };
}
