import * as Y from "yjs";
import {
  type RoomItems,
  type RoomNews,
  type RoomPosition,
  type RoomRef,
  readRoomItems,
  readRoomNews,
  readRoomOwners,
} from "@/server/modules/verification";
import type { Db } from "@/server/platform/db";
import { inOneTransaction } from "./one-transaction";

/** A live document as a process holds it: what was committed, and nothing else, except while a commit runs. */
export type RoomDocument = {
  doc: Y.Doc;
  room: RoomRef;
  content: RoomItems;
  /** How far `doc` is. */
  position: RoomPosition;
  state: RoomNews["state"];
  /** As it was when it was last looked at: while it isn't empty, commits look again. */
  held: RoomNews["held"];
  /** Rows of the log since the snapshot, as far as this process has seen them. */
  logLength: number;
  /** Client ids and verifiers that are known to have their rows. */
  owners: Map<number, string>;
  verifiers: Set<string>;
};

/** Reads a room from snapshot and log. @returns also whether verdicts wait in its inbox */
export async function loadDocument(
  db: Db,
  room: RoomRef,
): Promise<{ document: RoomDocument; hasInbox: boolean }> {
  const [content, news, owners] = await Promise.all([
    readRoomItems(db, room),
    readRoomNews(db, room.name, "0"),
    readRoomOwners(db, room.name),
  ]);
  const document: RoomDocument = {
    doc: new Y.Doc(),
    room,
    content,
    position: { lastUpdateId: "0", version: news.version },
    state: news.state,
    held: news.held,
    logLength: 0,
    owners,
    verifiers: new Set(),
  };
  catchUp(document, news);
  return { document, hasInbox: news.hasInbox };
}

/** Applies what other processes committed; the updates that bring replicas to the same. */
export function catchUp(
  document: RoomDocument,
  { updates, lastUpdateId, version, state, held }: Omit<RoomNews, "hasInbox">,
): Uint8Array[] {
  document.position = { lastUpdateId, version };
  document.state = state;
  document.held = held;
  if (updates.length === 0) return [];
  document.logLength += updates.length;
  const difference = inOneTransaction(document.doc, () => {
    for (const update of updates) Y.applyUpdate(document.doc, update, "log");
  });
  return difference ? [difference] : [];
}

/**
 * Reads the document anew, after a commit that was prepared in it did not come about.
 * @param before how far replicas are, of the clients that the commit was about; of others they are as far as it
 * @returns the updates that bring them to the document
 */
export async function rebuild(
  db: Db,
  document: RoomDocument,
  before: ReadonlyMap<number, number>,
): Promise<Uint8Array[]> {
  const prepared = Y.decodeStateVector(Y.encodeStateVector(document.doc));
  const seen = Y.encodeStateVector(new Map([...prepared, ...before]));
  document.doc.destroy();
  document.doc = new Y.Doc();
  document.logLength = 0;
  catchUp(document, await readRoomNews(db, document.room.name, "0"));
  return [Y.encodeStateAsUpdate(document.doc, seen)];
}
