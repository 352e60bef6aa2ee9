import * as Y from "yjs";
import type { Refusal } from "@/contracts/live";
import {
  commitRoom,
  type LookUnderLock,
  nextVersion,
  type RoomUnderLock,
  type RoomWrites,
  readReplaced,
  SERVER_OWNER,
  writeRoom,
} from "@/server/modules/verification";
import type { Db } from "@/server/platform/db";
import type { PreparedStatements } from "@/server/platform/prepared-statements";
import { acceptUpdates, type Sent } from "./accept-updates";
import type { Connection } from "./connection";
import { catchUp, type RoomDocument, rebuild } from "./room-document";
import { type Authored, settle } from "./settle";
import { marksSpans, spanQuestion } from "./span-question";
import { readHistory } from "./standing";

export type PassResult = {
  /** Yjs updates for every replica, in their order. */
  updates: Uint8Array[];
  refusals: { sender: Connection; refusal: Refusal }[];
  /** Connections whose update was refused outright. */
  offenders: { connection: Connection; reason: string }[];
  /** What is durable now, of the clients that took part. */
  clocks: Map<number, number>;
  /** Whether other processes are to be told. */
  isNews: boolean;
};

type PassInput = {
  db: Db;
  statements: PreparedStatements;
  document: RoomDocument;
  sent: readonly Sent[];
  /** Whose presence a Yjs client id has shown, when it has. */
  presentOwner(clientId: number): string | undefined;
};

/** What Yjs sends when there is nothing to say: no structs, no deletions. */
const EMPTY_UPDATE = new Uint8Array([0, 0]);

/**
 * One group commit under the lock of the room's row: brings the document up to date with other processes, judges
 * what came, and makes log and rows durable. The document changes on the way, so after a failure it is worth nothing.
 */
export async function commitUnderLock(input: PassInput): Promise<PassResult> {
  const { db, document, sent } = input;
  const { room } = document;
  const result = emptyResult();
  const prepared: { now?: Prepared } = {};
  const position = await commitRoom(db, {
    room,
    question: {
      since: document.position.lastUpdateId,
      clientIds: [...new Set(sent.flatMap(({ update }) => update.structs.map(({ clientId }) => clientId)))],
      userIds: [...new Set(sent.map(({ connection }) => connection.member.userId))],
    },
    async decide(now, look) {
      result.updates.push(...catchUp(document, now));
      for (const { clientId, userId } of now.owners) document.owners.set(clientId, userId);
      prepared.now = await prepare(input, now, { ...accept(input), look }, result);
      return prepared.now.writes;
    },
  });
  if (prepared.now) noteWritten(document, prepared.now, position);
  return result;
}

/**
 * The same without a look at the database first, for a room in which nobody else writes: everything is judged by what
 * this process knows, and written on the condition that the room is unchanged. When it is not, the document is read
 * anew.
 * @returns null when others were there, or it `mustLock` for what it holds: nothing was written, and `updates` are
 * due to the replicas
 */
export async function commitIfUnchanged(
  input: PassInput,
): Promise<{ done: PassResult } | { done: null; updates: Uint8Array[]; mustLock?: boolean }> {
  const { db, statements, document, sent } = input;
  const { room, position } = document;
  const people = new Map(sent.map(({ connection: { member } }) => [member.userId, member.role]));
  const authors = [...people].map(([userId, role]) => ({ userId, role }));
  const now: RoomUnderLock = {
    ...position,
    updates: [],
    hasInbox: false,
    state: document.state,
    held: [],
    people: authors.map((author) => ({ ...author, opened: true })),
    owners: [],
    inbox: [],
  };
  const result = emptyResult();
  const accepted = accept(input);
  // Which spans a person has, in other rooms too, is only sure while their labels are held.
  if (accepted.entries.some(({ update }) => marksSpans(update)))
    return { done: null, updates: [], mustLock: true };
  const before = clocksOf(document.doc, accepted.entries);
  const look: LookUnderLock = {
    replacedBy: (ids) => readReplaced(db, room, ids),
    othersOn: async () => new Map(),
    ownSpans: async () => [],
  };
  const prepared = await prepare(input, now, { ...accepted, look }, result);
  if (!prepared.writes) return { done: result };
  const { version } = position;
  const id = await writeRoom(statements, { room, version, authors, writes: prepared.writes });
  if (id === null) return { done: null, updates: await rebuild(db, document, before) };
  noteWritten(document, prepared, { lastUpdateId: id, version: nextVersion(version) });
  return { done: result };
}

const emptyResult = (): PassResult => ({
  updates: [],
  refusals: [],
  offenders: [],
  clocks: new Map(),
  isNews: false,
});

type Prepared = { writes: RoomWrites | null; owners: Map<number, string> };

type Accepted = ReturnType<typeof acceptUpdates> & {
  /** Client ids that write for the first time. */
  owners: Map<number, string>;
};

/** How far the document is, of those whose clocks these entries may move. */
function clocksOf(doc: Y.Doc, entries: Accepted["entries"]): Map<number, number> {
  const writers = entries.flatMap(({ update }) => update.writers);
  return new Map([...writers, doc.clientID].map((clientId) => [clientId, Y.getState(doc.store, clientId)]));
}

/** What of it can be applied to the document as it is now. */
function accept({ document, sent, presentOwner }: PassInput): Accepted {
  const { doc } = document;
  const owners = new Map<number, string>();
  const ownerOf = (clientId: number) =>
    clientId === doc.clientID ? SERVER_OWNER : (document.owners.get(clientId) ?? owners.get(clientId));
  return { ...acceptUpdates({ doc, sent, ownerOf, presentOwner, newOwners: owners }), owners };
}

/** Judges what was sent and changes the document; what must be written for it, and into `result` what must be told. */
async function prepare(
  { document }: PassInput,
  now: RoomUnderLock,
  { entries, offenders, owners, look }: Accepted & { look: LookUnderLock },
  result: PassResult,
): Promise<Prepared> {
  const { doc, content } = document;
  const serverId = doc.clientID;
  const restored = entries.flatMap(({ update }) =>
    update.intents.flatMap(({ key, value }) => (isRestore(value) && content.items.has(key) ? [key] : [])),
  );
  const decided = entries.flatMap(({ update }) => update.intents.map(({ key }) => key));
  const others = await look.othersOn([...new Set(decided)].filter((key) => content.items.has(key)));
  const histories = [...(await look.replacedBy([...new Set(restored)]))].map(
    ([key, rows]) => [key, readHistory(rows)] as const,
  );
  const question = spanQuestion(entries, content, now.people);
  const settled = settle({
    doc,
    room: content,
    now: { ...now, others },
    entries,
    histories: new Map(histories),
    standing: question ? await look.ownSpans(question) : [],
  });
  result.offenders = offenders;
  result.refusals = settled.refusals;
  for (const { update } of entries)
    for (const clientId of update.clocks.keys()) result.clocks.set(clientId, Y.getState(doc.store, clientId));
  if (settled.update === null && now.inbox.length === 0) return { writes: null, owners: new Map() };
  result.isNews = true;
  if (settled.update) result.updates.push(settled.update);
  const serverClock = Y.getState(doc.store, serverId);
  if (serverClock > 0) {
    result.clocks.set(serverId, serverClock);
    if (!document.owners.has(serverId)) owners.set(serverId, SERVER_OWNER);
  }
  return {
    owners,
    writes: {
      update: settled.update ?? EMPTY_UPDATE,
      newOwners: [...owners].map(([clientId, userId]) => ({ clientId, userId })),
      drained: now.inbox.map(({ id }) => id),
      verdicts: settled.verdicts,
      spans: settled.spans,
      schemaVersion: content.schemaVersion,
      newVerifiers: newVerifiers(document, settled.verdicts, entries),
    },
  };
}

function noteWritten(
  document: RoomDocument,
  { writes, owners }: Prepared,
  position: RoomDocument["position"],
): void {
  document.position = position;
  if (!writes) return;
  document.logLength += 1;
  for (const [clientId, userId] of owners) document.owners.set(clientId, userId);
  for (const { userId } of writes.newVerifiers) document.verifiers.add(userId);
}

const isRestore = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "restoredBy" in value;

function newVerifiers(
  { verifiers }: RoomDocument,
  verdicts: RoomWrites["verdicts"],
  entries: readonly Authored<Connection>[],
): { userId: string; name: string }[] {
  const wanted = new Set(verdicts.map(({ verifierId }) => verifierId).filter((id) => !verifiers.has(id)));
  const names = new Map(entries.map(({ author }) => [author.userId, author.userName]));
  // Whose verdict is only restored has a row already.
  return [...wanted].flatMap((userId) => {
    const name = names.get(userId);
    return name === undefined ? [] : [{ userId, name }];
  });
}
