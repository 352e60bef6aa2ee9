import type { LabelDefinition } from "@/contracts/label-schema";
import { parseRoomName } from "@/contracts/live";
import { type Actor, can, type ProjectActor, proveMembership } from "@/server/modules/access";
import { type Db, sqlRows } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { readSessionLabel } from "../session-label";
import { makeOwnRooms } from "./own-rooms";

export type RoomRef = {
  name: string;
  projectId: string;
  sessionId: string;
  chunk: number;
  chunkSize: number;
  /** The one person who may open it, in an independent session. */
  userId: string | null;
  /** How many verdicts a label gets in an independent session; null in a shared one. */
  overlap: number | null;
};

/** The live document of this name, or null when there is none. */
export async function findRoom(db: Db, name: string): Promise<RoomRef | null> {
  const named = parseRoomName(name);
  if (named === null) return null;
  const [room] = await sqlRows<RoomRef>(
    db,
    `select $1::text as "name", s."projectId", s."id" as "sessionId", $3::int as "chunk", s."chunkSize",
       $4::uuid as "userId", s."overlap"
     from "VerificationSession" s
     where s."id" = $2::uuid and $3::int < s."chunks" and (s."mode" = 'independent') = ($4::uuid is not null)`,
    [name, named.sessionId, named.chunk, named.userId],
  );
  return room ?? null;
}

/**
 * Proves that the actor may look into a room: a live member of its project, with the scope, and an annotator
 * only when the session was opened to them; a person's own room nobody but that person. Such a room is made when its
 * person first comes.
 * @throws AppError `forbidden`
 */
export async function enterRoom(db: Db, actor: Actor, room: RoomRef): Promise<ProjectActor> {
  try {
    const member = await proveMembership(db, actor, room.projectId);
    if (can(member, "sessions:read")) {
      await readSessionLabel(db, member, room.sessionId);
      if (room.userId === null) return member;
      if (room.userId === actor.userId) {
        await makeOwnRooms(db, actor, [room]);
        return member;
      }
    }
  } catch (error) {
    if (!(error instanceof AppError && error.code === "not_found")) throw error;
  }
  throw new AppError("forbidden", "You have no access to this session.");
}

/** One label in a room: what a decision about it is judged by. */
type RoomItem = {
  annotationId: string;
  recordId: string;
  jobId: string;
  /** What the job gave is hidden from each person until they have decided. */
  blind: boolean;
  value: string[];
  /** Of a span, in code points; below 0 of a whole record, and where a job found no span. */
  start: number;
  end: number;
  /** Code points of the record's content. */
  length: number;
};
export type RoomItems = {
  definition: LabelDefinition;
  schemaVersion: number;
  items: ReadonlyMap<string, RoomItem>;
  /** Code points of the content of each record here. */
  records: ReadonlyMap<string, number>;
  /** How many verdicts a label gets in an independent session; null in a shared one. */
  overlap: number | null;
};

/** What a room is about; it never changes. */
export async function readRoomItems(
  db: Db,
  { projectId, sessionId, chunk, chunkSize, overlap }: RoomRef,
): Promise<RoomItems> {
  const [session] = await sqlRows<{ labelName: string; labels: LabelDefinition[]; version: number }>(
    db,
    `select s."labelName", l."labels", l."version" from "VerificationSession" s
     join "LabelSchema" l on l."projectId" = s."projectId" and l."id" = s."schemaId"
     where s."projectId" = $1::uuid and s."id" = $2::uuid`,
    [projectId, sessionId],
  );
  const definition = session?.labels.find(({ name }) => name === session.labelName);
  if (!session || !definition) throw new Error(`The session ${sessionId} has no label.`);
  const items = await sqlRows<RoomItem>(
    db,
    `select i."annotationId", i."recordId", a."annotatorId" as "jobId", i."blind", a."value", a."start", a."end",
       char_length(r."content") as "length"
     from "SessionItem" i
     join "Annotation" a on a."projectId" = i."projectId" and a."id" = i."annotationId"
     join "Record" r on r."projectId" = i."projectId" and r."id" = i."recordId"
     where i."projectId" = $1::uuid and i."sessionId" = $2::uuid and i."position" between $3::int and $4::int`,
    [projectId, sessionId, chunk * chunkSize, (chunk + 1) * chunkSize - 1],
  );
  return {
    definition,
    schemaVersion: session.version,
    items: new Map(items.map((item) => [item.annotationId, item])),
    records: new Map(items.map(({ recordId, length }) => [recordId, length])),
    overlap,
  };
}
