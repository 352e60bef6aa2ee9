import {
  createCommentInput,
  createFlagInput,
  listCommentsInput,
  listFlagsInput,
  listInboxInput,
} from "@/contracts/discussions";
import type { ProjectActor } from "@/server/modules/access";
import { newId } from "@/server/platform/ids";
import {
  addJob,
  addLabels,
  addRecords,
  createLabelledProject,
  type LabelledProject,
} from "@/server/testing/labelled-project";
import { createMember } from "@/server/testing/people";
import { createComment, createFlag, listComments, listFlags, listInbox } from "..";

export type Talk = Awaited<ReturnType<typeof startTalk>>;

/** A project of two records with a reviewer, a viewer and two annotators; record `a` is given to the first of these. */
export async function startTalk(db: LabelledProject["db"]) {
  const world = await createLabelledProject(db);
  const { project, member: lead } = world;
  const records = await addRecords(world, [{ externalId: "a" }, { externalId: "b" }]);
  const [a = "", b = ""] = records.values();
  const reviewer = await createMember(db, { project, role: "reviewer", name: "Rita" });
  const viewer = await createMember(db, { project, role: "viewer", name: "Vic" });
  const ann = await createMember(db, { project, role: "annotator", name: "Ann" });
  const bob = await createMember(db, { project, role: "annotator", name: "Bob" });
  await giveRecord(world, ann, a);
  const slug = project.slug;
  return {
    world,
    slug,
    lead,
    reviewer,
    viewer,
    ann,
    bob,
    a,
    b,
    say: (actor: ProjectActor, body: string, more: object = {}) =>
      createComment(db, actor, createCommentInput.parse({ project: slug, recordId: a, body, ...more })),
    commentsOf: (actor: ProjectActor, more: object = {}) =>
      listComments(db, actor, listCommentsInput.parse({ project: slug, recordId: a, ...more })),
    flag: (actor: ProjectActor, more: object = {}) =>
      createFlag(
        db,
        actor,
        createFlagInput.parse({ project: slug, recordId: a, kind: "wrongText", ...more }),
      ),
    flagsOf: (actor: ProjectActor, more: object = {}) =>
      listFlags(db, actor, listFlagsInput.parse({ project: slug, ...more })),
    inboxOf: (actor: ProjectActor, more: object = {}) =>
      listInbox(db, actor, listInboxInput.parse({ project: slug, ...more })),
  };
}

/** Gives one record to a person, as a subset of it alone. */
async function giveRecord(
  { db, project, member }: LabelledProject,
  to: ProjectActor,
  recordId: string,
): Promise<void> {
  const projectId = project.id;
  const subsetId = newId();
  const createdById = member.userId;
  await db.subset.create({ data: { id: subsetId, projectId, name: subsetId, kind: "static", createdById } });
  await db.subsetRecord.create({ data: { projectId, subsetId, recordId } });
  await db.assignment.create({
    data: { id: newId(), projectId, subsetId, userId: to.userId, assignedById: createdById },
  });
}

/** An open session on the labels of a job on both records, in which people decide apart; its id and its items. */
export async function openApart({
  world,
  a,
  b,
}: Talk): Promise<{ id: string; annotationOf: (id: string) => string }> {
  const { db, project, member } = world;
  const projectId = project.id;
  const jobId = await addJob(world);
  await addLabels(world, jobId, [
    [a, ["pos"]],
    [b, ["neg"]],
  ]);
  const schema = await db.labelSchema.findFirstOrThrow({ where: { projectId, active: true } });
  const id = newId();
  await db.verificationSession.create({
    data: {
      id,
      projectId,
      name: "Apart",
      labelName: "sentiment",
      schemaId: schema.id,
      mode: "independent",
      jobIds: [jobId],
      createdById: member.userId,
    },
  });
  const labels = await db.annotation.findMany({ where: { projectId, annotatorId: jobId } });
  await db.sessionItem.createMany({
    data: labels.map((label, position) => ({
      projectId,
      sessionId: id,
      position,
      annotationId: label.id,
      recordId: label.recordId,
    })),
  });
  return { id, annotationOf: (recordId) => labels.find((label) => label.recordId === recordId)?.id ?? "" };
}
