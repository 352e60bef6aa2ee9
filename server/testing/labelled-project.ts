import type { JsonValue } from "@/contracts/common";
import { type ProjectActor, proveMembership } from "@/server/modules/access";
import { ensureAnnotator, writeJobLabels } from "@/server/modules/annotations";
import { createProject, putSchema } from "@/server/modules/projects";
import { type Db, sqlRun } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import { createActor } from "./people";

export type LabelledProject = {
  db: Db;
  /** An administrator. */
  member: ProjectActor;
  project: { id: string; slug: string };
};

type NewRecord = { externalId: string; content?: string; metadata?: Record<string, JsonValue> };

/** A project with one single-select label of records, unless other labels are given. */
export async function createLabelledProject(
  db: Db,
  { labels }: { labels?: readonly unknown[] } = {},
): Promise<LabelledProject> {
  const actor = await createActor(db);
  const project = await createProject(db, actor, { name: "Airline" });
  const member = await proveMembership(db, actor, project.id);
  await putSchema(db, member, { labelSchema: labels ?? [sentiment] });
  return { db, member, project };
}

const sentiment = {
  name: "sentiment",
  level: "record",
  options: ["pos", "neg", "neu"].map((value) => ({ value, text: value })),
};

/** Records in this order; their ids by external id. */
export async function addRecords(
  { db, project }: LabelledProject,
  records: readonly NewRecord[],
): Promise<Map<string, string>> {
  const start = await db.record.count({ where: { projectId: project.id } });
  const rows = records.map(({ externalId, content = `Text of ${externalId}`, metadata = {} }, index) => ({
    id: newId(),
    externalId,
    content,
    metadata,
    position: start + index,
  }));
  await sqlRun(
    db,
    `insert into "Record" ("id", "projectId", "externalId", "content", "metadata", "position", "updatedAt")
     select t."id", $1::uuid, t."externalId", t."content", t."metadata", t."position", now()
     from jsonb_to_recordset($2::jsonb) as t
       ("id" uuid, "externalId" text, "content" text, "metadata" jsonb, "position" bigint)`,
    [project.id, JSON.stringify(rows)],
  );
  return new Map(rows.map(({ id, externalId }) => [externalId, id]));
}

/** A finished job of a new agent; its id. */
export async function addJob({ db, member }: LabelledProject, name = "Agent"): Promise<string> {
  const { projectId, userId } = member;
  const schema = await db.labelSchema.findFirstOrThrow({ where: { projectId, active: true } });
  const agent = await db.agent.create({ data: { id: newId(), projectId, name, createdById: userId } });
  const version = await db.agentVersion.create({
    data: {
      id: newId(),
      projectId,
      agentId: agent.id,
      version: 1,
      provider: "openai:chat",
      model: { model: "gpt-test" },
      prompt: {},
      template: "{{input}}",
      createdById: userId,
    },
  });
  const id = newId();
  await ensureAnnotator(db, { projectId, id, kind: "job", name });
  await db.job.create({
    data: {
      id,
      projectId,
      agentVersionId: version.id,
      schemaId: schema.id,
      labels: ["sentiment"],
      labelMetadata: [],
      status: "succeeded",
      createdById: userId,
    },
  });
  return id;
}

/** What a job, or a person who has an annotator row, says of records: values by record id. */
export async function addLabels(
  { db, project }: LabelledProject,
  annotatorId: string,
  values: Iterable<readonly [recordId: string, value: readonly string[]]>,
  { label = "sentiment", conf = null }: { label?: string; conf?: number | null } = {},
): Promise<void> {
  await writeJobLabels(db, {
    projectId: project.id,
    jobId: annotatorId,
    schemaVersion: 1,
    rows: [...values].map(([recordId, value]) => ({
      recordId,
      label,
      level: "record",
      value,
      conf,
      confMethod: conf === null ? null : "option-probability",
      confReason: null,
      probabilities: null,
    })),
  });
}

type NewVerdict = {
  jobId: string;
  recordId: string;
  verifier: ProjectActor;
  status: "CONFIRMS" | "CORRECTS" | "UNSURE";
  value: readonly string[];
  label?: string;
  /** False for one that its author has replaced. */
  current?: boolean;
  createdAt?: Date;
};

/** One verdict on a job's label; its id. */
export async function addVerdict({ db, project }: LabelledProject, verdict: NewVerdict): Promise<string> {
  const {
    jobId,
    recordId,
    verifier,
    status,
    value,
    label = "sentiment",
    current = true,
    createdAt,
  } = verdict;
  const projectId = project.id;
  await ensureAnnotator(db, { projectId, id: verifier.userId, kind: "user", name: verifier.userName });
  const annotation = await db.annotation.findFirstOrThrow({
    where: { projectId, recordId, annotatorId: jobId, labelName: label },
  });
  const row = await db.verification.create({
    data: {
      id: newId(),
      projectId,
      annotationId: annotation.id,
      recordId,
      jobId,
      labelName: label,
      verifierId: verifier.userId,
      status,
      value: [...value],
      current,
      ...(createdAt ? { createdAt } : {}),
    },
  });
  return row.id;
}
