import { writeJobLabels } from "@/server/modules/annotations";
import type { Db } from "@/server/platform/db";
import { addJob, addRecords, createLabelledProject, type LabelledProject } from "./labelled-project";

/** The text of every record: a smiley counts as one. */
export const SPAN_TEXT = "🙂 Rome, then Oslo by night";
export const ROME = { start: 2, end: 6 };
export const OSLO = { start: 13, end: 17 };
/** Code points of {@link SPAN_TEXT}. */
export const LENGTH = [...SPAN_TEXT].length;

const places = {
  name: "places",
  level: "span",
  options: ["city", "land", "time"].map((value) => ({ value, text: value })),
};

/** A project with one label of spans, and so many records of the same text; their ids in order. */
export async function createSpanProject(
  db: Db,
  { records }: { records: number },
): Promise<LabelledProject & { recordIds: string[] }> {
  const world = await createLabelledProject(db, { labels: [places] });
  const names = Array.from({ length: records }, (_, n) => ({ externalId: `r${n}`, content: SPAN_TEXT }));
  return { ...world, recordIds: [...(await addRecords(world, names)).values()] };
}

type JobSpan = { recordId: string; value: string[]; start: number; end: number; conf?: number };

/** A finished job that read an answer of every record, with these spans; its id. */
export async function addSpanJob(
  world: LabelledProject,
  recordIds: readonly string[],
  spans: readonly JobSpan[],
  name = "Agent",
): Promise<string> {
  const { db, project } = world;
  const jobId = await addJob(world, name);
  await db.job.update({ where: { id: jobId }, data: { labels: ["places"] } });
  await db.jobItem.createMany({
    data: recordIds.map((recordId, ordinal) => ({
      projectId: project.id,
      jobId,
      recordId,
      ordinal,
      status: "parsed" as const,
    })),
  });
  await writeJobLabels(db, {
    projectId: project.id,
    jobId,
    schemaVersion: 1,
    rows: spans.map(({ conf = null, ...span }) => ({
      ...span,
      label: "places",
      level: "span" as const,
      conf,
      confMethod: conf === null ? null : "option-probability",
      confReason: null,
      probabilities: null,
    })),
  });
  return jobId;
}
