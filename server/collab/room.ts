import * as Y from "yjs";
import { closeCodes } from "@/contracts/live";
import { type RoomRef, readRoomNews, requestCompaction, tellOfCommit } from "@/server/modules/verification";
import type { Db } from "@/server/platform/db";
import type { Log } from "@/server/platform/log";
import type { PreparedStatements } from "@/server/platform/prepared-statements";
import { isKnown, type Sent } from "./accept-updates";
import { commitFailures, commitSeconds } from "./collab-metrics";
import { commitIfUnchanged, commitUnderLock, type PassResult } from "./commit-pass";
import type { Connection } from "./connection";
import { createTeller } from "./create-teller";
import { catchUp, loadDocument, type RoomDocument } from "./room-document";
import { askForMissing, missingFor, persistedMessage, refusedMessage, updateMessage } from "./wire";

/** How long a room counts as one that other processes write to as well. */
const SHARED_MS = 5000;
/** Rows of the log after which it is folded into the snapshot. */
const COMPACT_AFTER = 500;

/** One live document in this process, with those who are connected to it here. */
export type Room = {
  join(connection: Connection): void;
  leave(connection: Connection): void;
  /** Answers a client's question for what it lacks. */
  sync(connection: Connection, stateVector: Uint8Array): void;
  receive(sent: Sent): void;
  /** Another process has written to the log or the inbox. */
  noteGrowth(): void;
  connections(): ReadonlySet<Connection>;
  /** Ends the loop when what came is committed. */
  finish(): Promise<void>;
};

export type RoomOptions = {
  db: Db;
  /** For commits that meet nobody. */
  statements: PreparedStatements;
  log: Log;
  room: RoomRef;
  node: string;
  presentOwner(clientId: number): string | undefined;
  /** A commit failed or the document could not be read: forget this room; its sockets are being closed. */
  onFailed(): void;
};

/**
 * Starts to load a room. All that happens to its document happens in one loop, one step after another: a commit
 * takes everything that came while the last one ran, and a new reader is answered between two commits, so that
 * nobody ever sees what may still be lost.
 */
export function createRoom(options: RoomOptions): Room {
  const { db, statements, log, room, node, presentOwner, onFailed } = options;
  const connections = new Set<Connection>();
  let sent: Sent[] = [];
  let questions: { connection: Connection; stateVector: Uint8Array }[] = [];
  let grown = false;
  let running: Promise<void> | undefined;
  let document: RoomDocument | undefined;
  let failed = false;
  let shared = 0;
  const others = createTeller(() => tellOfCommit(statements, room, node), log);

  function wake(): void {
    running ??= work().finally(() => {
      running = undefined;
      if (!failed && isDue()) wake();
    });
  }
  const isDue = () => sent.length > 0 || questions.length > 0 || grown;

  async function work(): Promise<void> {
    try {
      document ??= await load();
      while (isDue() && !failed) await step(document);
    } catch (error) {
      fail(error);
    }
  }

  async function load(): Promise<RoomDocument> {
    const { document: loaded, hasInbox } = await loadDocument(db, room);
    if (hasInbox) await commitAndTell(loaded, []);
    return loaded;
  }

  async function step(current: RoomDocument): Promise<void> {
    if (grown) {
      grown = false;
      const news = await readRoomNews(db, room.name, current.position.lastUpdateId);
      broadcast(catchUp(current, news).map(updateMessage));
      if (news.hasInbox) await commitAndTell(current, []);
    }
    if (sent.length > 0) {
      const taken = sent;
      sent = [];
      await commitAndTell(current, taken);
    }
    const asked = questions;
    questions = [];
    for (const { connection, stateVector } of asked) answer(current, connection, stateVector);
  }

  /** Commits what was taken; without anything, what waits in the inbox. */
  async function commit(current: RoomDocument, taken: readonly Sent[]): Promise<PassResult> {
    if (taken.length > 0 && taken.every(({ update }) => isKnown(current.doc, update)))
      return alreadyDurable(current.doc, taken);
    const before = current.logLength;
    const startedAt = performance.now();
    const result = await commitTaken(current, taken);
    commitSeconds().observe((performance.now() - startedAt) / 1000);
    if (Math.floor(before / COMPACT_AFTER) < Math.floor(current.logLength / COMPACT_AFTER))
      await requestCompaction(db, room);
    return result;
  }

  async function commitTaken(current: RoomDocument, taken: readonly Sent[]): Promise<PassResult> {
    const input = { db, statements, document: current, sent: taken, presentOwner };
    // Who holds which record is only true under the lock: a lease is prolonged without a word to the room.
    if (taken.length === 0 || Date.now() < shared || current.held.length > 0 || room.userId !== null)
      return commitUnderLock(input);
    const attempt = await commitIfUnchanged(input);
    if (attempt.done) return attempt.done;
    if (attempt.mustLock) return commitUnderLock(input);
    // Somebody else writes here too: for a while it is cheaper to take the lock first.
    shared = Date.now() + SHARED_MS;
    broadcast(attempt.updates.map(updateMessage));
    return commitUnderLock(input);
  }

  /** After the commit: first why something was refused, then the change, then what is durable. */
  async function commitAndTell(current: RoomDocument, taken: readonly Sent[]): Promise<void> {
    const { updates, refusals, offenders, clocks, isNews } = await commit(current, taken);
    for (const { sender, refusal } of refusals) sender.send(refusedMessage(refusal));
    broadcast(updates.map(updateMessage));
    tellSenders(taken, clocks);
    if (isNews) others.tell();
    for (const { connection, reason } of offenders) connection.close(closeCodes.badMessage, reason);
  }

  /** What is durable is told to who sent it; whoever sent the same on another connection is told there. */
  function tellSenders(taken: readonly Sent[], clocks: PassResult["clocks"]): void {
    if (clocks.size === 0) return;
    const message = persistedMessage(clocks);
    for (const connection of new Set(taken.map((one) => one.connection)))
      if (connection.synced) connection.send(message);
  }

  function broadcast(messages: readonly Uint8Array[]): void {
    for (const connection of connections)
      if (connection.synced) for (const message of messages) connection.send(message);
  }

  function answer({ doc }: RoomDocument, connection: Connection, stateVector: Uint8Array): void {
    if (!connections.has(connection)) return;
    // Asked first: once a client has what others decided, its own unsent decision may lose against it there, by
    // Yjs's order, and would be sent without its content.
    if (!connection.synced) connection.send(askForMissing(doc));
    connection.synced = true;
    connection.send(missingFor(doc, stateVector));
    connection.send(persistedMessage(Y.decodeStateVector(Y.encodeStateVector(doc))));
  }

  function fail(error: unknown): void {
    failed = true;
    commitFailures().inc();
    log.error({ err: error, room: room.name }, "a live document could not be read or committed");
    onFailed();
    for (const connection of connections)
      connection.close(closeCodes.commitFailed, "Nothing was saved; connect again and send it again.");
    document?.doc.destroy();
  }

  return {
    join(connection) {
      connections.add(connection);
      if (failed) return connection.close(closeCodes.commitFailed, "Connect again.");
      // Who comes from another process must find what that one has told them to be saved, heard of here or not.
      grown = grown || document !== undefined;
      wake();
    },
    leave: (connection) => void connections.delete(connection),
    sync(connection, stateVector) {
      questions.push({ connection, stateVector });
      wake();
    },
    receive(one) {
      sent.push(one);
      wake();
    },
    noteGrowth() {
      grown = true;
      wake();
    },
    connections: () => connections,
    async finish() {
      while (running) await running;
      await others.finish();
      document?.doc.destroy();
    },
  };
}

/** What was sent again after its commit is only told so. */
function alreadyDurable(doc: Y.Doc, taken: readonly Sent[]): PassResult {
  const clientIds = taken.flatMap(({ update }) => update.structs.map(({ clientId }) => clientId));
  const clocks = new Map(clientIds.map((id) => [id, Y.getState(doc.store, id)]));
  return { updates: [], refusals: [], offenders: [], clocks, isNews: true };
}
