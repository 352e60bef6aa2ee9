import type { LabelDefinition } from "@/contracts/label-schema";
import { parseRoomName } from "@/contracts/live";
import { type Actor, can, type ProjectActor, proveMembership } from "@/server/modules/access";
import { type Db, sqlRows } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { readSessionLabel } from "../session-label";

export type RoomRef = {
  name: string;
  projectId: string;
  sessionId: string;
  chunk: number;
  chunkSize: number;
};

/** The live document of this name, or null when there is none. */
export async function findRoom(db: Db, name: string): Promise<RoomRef | null> {
  if (parseRoomName(name) === null) return null;
  const [room] = await sqlRows<RoomRef>(
    db,
    `select r."name", r."projectId", r."sessionId", r."chunk", s."chunkSize" from "CollabRoom" r
     join "VerificationSession" s on s."projectId" = r."projectId" and s."id" = r."sessionId"
     where r."name" = $1`,
    [name],
  );
  return room ?? null;
}

/**
 * Proves that the actor may look into a room: a live member of its project, with the scope, and an annotator
 * only when the session was opened to them.
 * @throws AppError `forbidden`
 */
export async function enterRoom(db: Db, actor: Actor, room: RoomRef): Promise<ProjectActor> {
  try {
    const member = await proveMembership(db, actor, room.projectId);
    if (can(member, "sessions:read")) {
      await readSessionLabel(db, member, room.sessionId);
      return member;
    }
  } catch (error) {
    if (!(error instanceof AppError && error.code === "not_found")) throw error;
  }
  throw new AppError("forbidden", "This session is not open to you.");
}

/** One label in a room: what a decision about it is judged by. */
type RoomItem = { annotationId: string; recordId: string; jobId: string; value: string[] };
export type RoomItems = { definition: LabelDefinition; items: ReadonlyMap<string, RoomItem> };

/** What a room is about; it never changes. */
export async function readRoomItems(
  db: Db,
  { projectId, sessionId, chunk, chunkSize }: RoomRef,
): Promise<RoomItems> {
  const [session] = await sqlRows<{ labelName: string; labels: LabelDefinition[] }>(
    db,
    `select s."labelName", l."labels" from "VerificationSession" s
     join "LabelSchema" l on l."projectId" = s."projectId" and l."id" = s."schemaId"
     where s."projectId" = $1::uuid and s."id" = $2::uuid`,
    [projectId, sessionId],
  );
  const definition = session?.labels.find(({ name }) => name === session.labelName);
  if (!definition) throw new Error(`The session ${sessionId} has no label.`);
  const items = await sqlRows<RoomItem>(
    db,
    `select i."annotationId", i."recordId", a."annotatorId" as "jobId", a."value" from "SessionItem" i
     join "Annotation" a on a."projectId" = i."projectId" and a."id" = i."annotationId"
     where i."projectId" = $1::uuid and i."sessionId" = $2::uuid and i."position" between $3::int and $4::int`,
    [projectId, sessionId, chunk * chunkSize, (chunk + 1) * chunkSize - 1],
  );
  return { definition, items: new Map(items.map((item) => [item.annotationId, item])) };
}
