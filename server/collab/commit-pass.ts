import * as Y from "yjs";
import type { Refusal } from "@/contracts/live";
import {
  commitRoom,
  type RoomItems,
  type RoomUnderLock,
  type RoomWrites,
  SERVER_OWNER,
} from "@/server/modules/verification";
import type { Db } from "@/server/platform/db";
import type { Connection } from "./connection";
import { type KeyState, replacedDecision } from "./judge-decision";
import {
  createUpdateParser,
  type DecodedUpdate,
  type ParsedUpdate,
  UnacceptableUpdate,
} from "./parse-update";
import { type Authored, changing, settle } from "./settle";

/** A live document as a process holds it. */
export type RoomDocument = {
  doc: Y.Doc;
  room: Connection["room"];
  content: RoomItems;
  /** The last row of the log that is in `doc`. */
  lastUpdateId: string;
  /** Rows of the log since the snapshot, as far as this process has seen them. */
  logLength: number;
  /** Client ids and verifiers that are known to have their rows. */
  owners: Map<number, string>;
  verifiers: Set<string>;
};

export type Sent = { connection: Connection; update: DecodedUpdate };

export type PassResult = {
  /** Yjs updates for every replica, in their order. */
  updates: Uint8Array[];
  refusals: { sender: Connection; refusal: Refusal }[];
  /** Connections whose update was refused outright. */
  offenders: { connection: Connection; reason: string }[];
  /** What is durable now, of the clients that took part. */
  clocks: Map<number, number>;
};

type PassInput = {
  db: Db;
  node: string;
  document: RoomDocument;
  sent: readonly Sent[];
  /** Whose presence a Yjs client id has shown, when it has. */
  presentOwner(clientId: number): string | undefined;
};

/**
 * One group commit: brings the document up to date with other processes, judges what came, and makes log and rows
 * durable. The document changes on the way, so after a failure it is worth nothing.
 */
export async function commitPass({ db, node, document, sent, presentOwner }: PassInput): Promise<PassResult> {
  const { doc, room } = document;
  const result: PassResult = { updates: [], refusals: [], offenders: [], clocks: new Map() };
  const clientIds = new Set(sent.flatMap(({ update }) => update.structs.map(({ clientId }) => clientId)));
  const userIds = new Set(sent.map(({ connection }) => connection.member.userId));
  const written: { owners: Map<number, string>; verifiers: Set<string> } = {
    owners: new Map(),
    verifiers: new Set(),
  };

  const lastUpdateId = await commitRoom(db, {
    room,
    node,
    question: { since: document.lastUpdateId, clientIds: [...clientIds], userIds: [...userIds] },
    async decide(now, replacedBy): Promise<RoomWrites | null> {
      result.updates.push(...catchUp(document, now.updates));
      const serverId = doc.clientID;
      const ownerOf = (clientId: number) =>
        clientId === serverId
          ? SERVER_OWNER
          : (now.owners.find((one) => one.clientId === clientId)?.userId ?? written.owners.get(clientId));
      const entries = accept({ doc, sent, result, ownerOf, presentOwner, assigned: written.owners });
      const restoring = entries.flatMap(({ update }) =>
        update.intents.flatMap(({ key, value }) =>
          isRestore(value) && document.content.items.has(key) ? [key] : [],
        ),
      );
      const rows = await replacedBy([...new Set(restoring)]);
      const replaced = new Map(
        [...rows].map(([key, row]): [string, KeyState["replaced"]] => [key, replacedDecision(row)]),
      );
      const settled = settle({ doc, room: document.content, now, entries, replaced });
      result.refusals = settled.refusals;
      for (const { update } of entries)
        for (const clientId of update.clocks.keys())
          result.clocks.set(clientId, Y.getState(doc.store, clientId));
      if (settled.update === null && now.inbox.length === 0) return null;
      if (settled.update) result.updates.push(settled.update);
      const serverClock = Y.getState(doc.store, serverId);
      if (serverClock > 0) {
        result.clocks.set(serverId, serverClock);
        if (!document.owners.has(serverId)) written.owners.set(serverId, SERVER_OWNER);
      }
      const people = newVerifiers(document, settled.verdicts, entries);
      for (const { userId } of people) written.verifiers.add(userId);
      return {
        update: settled.update ?? EMPTY_UPDATE,
        newOwners: [...written.owners].map(([clientId, userId]) => ({ clientId, userId })),
        drained: now.inbox.map(({ id }) => id),
        verdicts: settled.verdicts,
        newVerifiers: people,
        logLength: document.logLength + now.updates.length + 1,
      };
    },
  });
  if (lastUpdateId !== document.lastUpdateId) document.logLength += 1;
  document.lastUpdateId = lastUpdateId;
  for (const [clientId, userId] of written.owners) document.owners.set(clientId, userId);
  for (const userId of written.verifiers) document.verifiers.add(userId);
  return result;
}

/** What Yjs sends when there is nothing to say: no structs, no deletions. */
const EMPTY_UPDATE = new Uint8Array([0, 0]);

/** Applies what other processes committed; the updates that bring replicas to the same. */
export function catchUp(document: RoomDocument, updates: RoomUnderLock["updates"]): Uint8Array[] {
  if (updates.length === 0) return [];
  const { doc } = document;
  document.logLength += updates.length;
  const difference = changing(doc, () => {
    for (const update of updates) Y.applyUpdate(doc, update, "log");
  });
  return difference ? [difference] : [];
}

type AcceptInput = {
  doc: Y.Doc;
  sent: readonly Sent[];
  result: PassResult;
  ownerOf(clientId: number): string | undefined;
  presentOwner(clientId: number): string | undefined;
  assigned: Map<number, string>;
};

/** The updates that can be applied. An offender's later ones are left out too: they follow what was not applied. */
function accept({ doc, sent, result, ownerOf, presentOwner, assigned }: AcceptInput): Authored<Connection>[] {
  const parse = createUpdateParser(doc);
  const offending = new Set<Connection>();
  return sent.flatMap(({ connection, update }) => {
    if (offending.has(connection)) return [];
    try {
      const { userId } = connection.member;
      const parsed = parse(update, (writers) => {
        for (const clientId of writers) {
          const owner = ownerOf(clientId) ?? presentOwner(clientId);
          if (owner !== undefined && owner !== userId)
            throw new UnacceptableUpdate("it writes under somebody else's Yjs client id");
        }
        for (const clientId of writers) if (ownerOf(clientId) === undefined) assigned.set(clientId, userId);
      });
      return [{ sender: connection, author: connection.member, update: parsed }];
    } catch (error) {
      if (!(error instanceof UnacceptableUpdate)) throw error;
      offending.add(connection);
      result.offenders.push({ connection, reason: `This update is refused: ${error.message}.` });
      return [];
    }
  });
}

/** Whether the document holds all that the update says, so that nothing needs to be written. */
export function isKnown(doc: Y.Doc, update: DecodedUpdate): boolean {
  try {
    const { touched, writers }: ParsedUpdate = createUpdateParser(doc)(update);
    return touched.length === 0 && writers.length === 0;
  } catch (error) {
    if (error instanceof UnacceptableUpdate) return false;
    throw error;
  }
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
