import type { LabelDefinition } from "@/contracts/label-schema";
import { roomName } from "@/contracts/live";
import { type ProjectActor, seesOnlyOwn } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { queryRows, type Sql, sql } from "@/server/platform/sql";
import { sessionsOpenTo } from "./session-reach";

/** A job's label that a verdict names, and the open sessions that hold it. */
export type VerdictTarget = {
  annotationId: string;
  recordId: string;
  jobId: string;
  label: string;
  value: string[];
  /** Of a span, in code points; below 0 of a whole record, and where a job found no span. */
  start: number;
  end: number;
  /** Code points of the record's content. */
  length: number;
  /** Newest first. */
  places: VerdictPlaceInSession[];
};

/** One open session that holds a label, and the room there that the actor's verdict goes to. */
export type VerdictPlaceInSession = {
  sessionId: string;
  room: string;
  chunk: number;
  /** What the job gave is hidden from each person until they have decided. */
  blind: boolean;
  /** How many verdicts the label gets in an independent session; null in a shared one. */
  overlap: number | null;
};

type Wanted = { annotationId?: string; recordId?: string; label?: string };
type Row = Omit<VerdictTarget, "places"> & {
  index: number;
  places: (Omit<VerdictPlaceInSession, "room" | "chunk"> & { position: number; chunkSize: number })[];
};

/**
 * The labels that verdicts name (of spans by `annotationId`), by the verdict's index; what is missing is no label of a job here, or not for
 * this actor's eyes.
 * @param only.jobId whose labels `recordId` and `label` mean
 * @param only.sessionId labels that are not in this session are left out
 */
export async function findVerdictTargets(
  db: Db,
  actor: ProjectActor,
  items: readonly Wanted[],
  only: { jobId?: string; sessionId?: string },
): Promise<Map<number, VerdictTarget>> {
  const wanted = items.map(({ annotationId, recordId, label }, index) => ({
    index,
    annotationId,
    recordId,
    label,
  }));
  const rows = await queryRows<Row>(
    db,
    sql`with wanted as (
        select * from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as t
          ("index" int, "annotationId" uuid, "recordId" uuid, "label" text)
      )
      select w."index", a."id" as "annotationId", a."recordId", a."annotatorId" as "jobId", a."labelName" as "label",
        a."value", a."start", a."end", char_length(r."content") as "length", ${placesOf(actor, only.sessionId)} as "places"
      from wanted w
      cross join lateral (
        select a.* from "Annotation" a where a."projectId" = ${actor.projectId}::uuid and a."id" = w."annotationId"
        union all
        select a.* from "Annotation" a where w."annotationId" is null and a."projectId" = ${actor.projectId}::uuid
          and a."recordId" = w."recordId" and a."labelName" = w."label" and a."annotatorId" = ${only.jobId ?? null}::uuid
          and a."start" = -1 and a."end" = -1
      ) a
      join "Annotator" j on j."projectId" = a."projectId" and j."id" = a."annotatorId" and j."kind" = 'job'
      join "Record" r on r."projectId" = a."projectId" and r."id" = a."recordId" and r."deletedAt" is null
      where (${only.jobId ?? null}::uuid is null or a."annotatorId" = ${only.jobId ?? null}::uuid)`,
  );
  const mustBeInSession = only.sessionId !== undefined || seesOnlyOwn(actor);
  return new Map(
    rows
      .filter(({ places }) => !mustBeInSession || places.length > 0)
      .map(({ index, places, ...target }) => [
        index,
        {
          ...target,
          places: places.map(({ position, chunkSize, ...place }) => {
            const chunk = Math.floor(position / chunkSize);
            const owner = place.overlap === null ? null : actor.userId;
            return { ...place, chunk, room: roomName(place.sessionId, chunk, owner) };
          }),
        },
      ]),
  );
}

const placesOf = (actor: ProjectActor, sessionId: string | undefined): Sql =>
  sql`coalesce((select json_agg(json_build_object('sessionId', s."id", 'position', i."position",
      'chunkSize', s."chunkSize", 'blind', i."blind", 'overlap', s."overlap") order by s."id" desc)
    from "SessionItem" i join "VerificationSession" s on s."projectId" = i."projectId" and s."id" = i."sessionId"
    where i."projectId" = ${actor.projectId}::uuid and i."annotationId" = a."id" and s."state" = 'open'
      and ${sessionsOpenTo(actor)}
      and (${sessionId ?? null}::uuid is null or s."id" = ${sessionId ?? null}::uuid)), '[]')`;

/** The definition of each label in the schema version that its job was started with. */
export async function readJobDefinitions(
  db: Db,
  projectId: string,
  targets: Iterable<VerdictTarget>,
): Promise<(target: VerdictTarget) => LabelDefinition | undefined> {
  const jobIds = [...new Set([...targets].map(({ jobId }) => jobId))];
  const jobs = await queryRows<{ id: string; labels: LabelDefinition[] }>(
    db,
    sql`select j."id", l."labels" from "Job" j
      join "LabelSchema" l on l."projectId" = j."projectId" and l."id" = j."schemaId"
      where j."projectId" = ${projectId}::uuid and j."id" = any(${jobIds}::uuid[])`,
  );
  const labels = new Map(jobs.map((job) => [job.id, job.labels]));
  return ({ jobId, label }) => labels.get(jobId)?.find(({ name }) => name === label);
}
