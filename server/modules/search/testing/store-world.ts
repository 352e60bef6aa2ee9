import type { Db } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import type { World } from "./world";

/** Puts a world into the database, as the project it names. The creator of everything is `ownerId`. */
export async function storeWorld(db: Db, world: World, ownerId: string): Promise<void> {
  const { projectId } = world;
  const annotators = [
    ...world.userIds.map((id) => ({ projectId, id, kind: "user" as const, name: id })),
    ...world.jobIds.map((id) => ({ projectId, id, kind: "job" as const, name: id })),
  ];
  await db.annotator.createMany({ data: annotators });
  await db.record.createMany({
    data: world.records.map(({ deleted, ...record }) => ({
      ...record,
      projectId,
      deletedAt: deleted ? record.createdAt : null,
    })),
  });
  await db.annotation.createMany({
    data: world.annotations.map(({ label, start, ...annotation }) => ({
      ...annotation,
      projectId,
      labelName: label,
      level: start < 0 ? "record" : "span",
      start,
      end: start < 0 ? -1 : start + 1,
      schemaVersion: 1,
    })),
  });
  const labels = new Map(world.annotations.map((annotation) => [annotation.id, annotation]));
  await db.verification.createMany({
    data: world.verdicts.map((verdict) => ({
      ...verdict,
      id: newId(),
      projectId,
      // As it is written: a verdict names the job and the label of its annotation.
      jobId: labels.get(verdict.annotationId)?.annotatorId ?? newId(),
      labelName: labels.get(verdict.annotationId)?.label ?? "",
      value: [],
    })),
  });
  for (const [userId, recordIds] of world.opened)
    await openSession(db, world, { userId, recordIds, ownerId });
  for (const [id, definition] of world.subsets) {
    const query = definition.kind === "live" && definition.query ? definition.query : undefined;
    await db.subset.create({
      data: { id, projectId, name: id, kind: definition.kind, query, createdById: ownerId },
    });
  }
  await db.assignment.createMany({
    data: [...world.assigned].flatMap(([userId, assigned]) =>
      assigned.map(({ id, subsetId, frozen }) => ({
        id,
        projectId,
        subsetId,
        userId,
        assignedById: ownerId,
        mode: frozen ? ("split" as const) : ("all" as const),
      })),
    ),
  });
  await db.assignmentRecord.createMany({
    data: [...world.shares].flatMap(([assignmentId, ids]) =>
      [...ids].map((recordId) => ({ projectId, assignmentId, recordId })),
    ),
  });
  const flagged = (state: "open" | "resolved", recordIds: ReadonlySet<string>) =>
    [...recordIds].map((recordId) => ({
      id: newId(),
      projectId,
      recordId,
      authorId: ownerId,
      kind: "other" as const,
      state,
    }));
  await db.recordFlag.createMany({
    data: [...flagged("open", world.flags.open), ...flagged("resolved", world.flags.settled)],
  });
  await db.subsetRecord.createMany({
    data: [...world.members].flatMap(([subsetId, ids]) =>
      [...ids].map((recordId) => ({ projectId, subsetId, recordId })),
    ),
  });
}

async function openSession(
  db: Db,
  { projectId, annotations }: World,
  { userId, recordIds, ownerId }: { userId: string; recordIds: ReadonlySet<string>; ownerId: string },
): Promise<void> {
  const schemaId = newId();
  const version = await db.labelSchema.count({ where: { projectId } });
  await db.labelSchema.create({
    data: { id: schemaId, projectId, version, active: false, labels: [], createdById: ownerId },
  });
  const sessionId = newId();
  await db.verificationSession.create({
    data: {
      id: sessionId,
      projectId,
      name: "Opened",
      labelName: "sentiment",
      schemaId,
      createdById: ownerId,
      members: { create: { userId } },
      items: {
        create: annotations
          .filter(({ recordId }) => recordIds.has(recordId))
          .map(({ id, recordId }, position) => ({ annotationId: id, recordId, position })),
      },
    },
  });
}
