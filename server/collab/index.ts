import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { closeCodes } from "@/contracts/live";
import type { RoomRef } from "@/server/modules/verification";
import type { Db, Pool } from "@/server/platform/db";
import type { EventListener } from "@/server/platform/events";
import { newId } from "@/server/platform/ids";
import type { Log } from "@/server/platform/log";
import { openPreparedStatements } from "@/server/platform/prepared-statements";
import {
  admit,
  type IdentifyUpgrade,
  identify,
  proveAgain,
  RefusedConnection,
  readAddress,
  requireRoom,
} from "./authenticate";
import { liveSockets } from "./collab-metrics";
import { closeSocket, createConnection } from "./connection";
import { CHANGED, closeStale, createDoubts } from "./doubts";
import { keepAlive } from "./keep-alive";
import { createRevocation } from "./revocation";
import { serveSocket } from "./serve-socket";
import { openSessionHub, type SessionHub } from "./session-hub";

export type { IdentifyUpgrade } from "./authenticate";

/** Above this ws itself ends the connection; what is over the limit for an update is refused with its own code. */
const MAX_FRAME = 4 * 1024 * 1024;

/** Of one person at once, in one process: pages open three a tab. Each may send as much as any other, so they are bounded. */
const MAX_CONNECTIONS = 100;
/** Tokens and sessions run out without a word, so everybody is asked about again this often. */
const ASK_AGAIN_MS = 60_000;
/** Rooms that are committed at once. */
const COMMIT_CONNECTIONS = 4;

export type CollabOptions = {
  db: Db;
  pool: Pool;
  listener: EventListener;
  log: Log;
  identifyUpgrade: IdentifyUpgrade;
  askAgainMs?: number;
};

export type Collab = {
  /** Takes the upgrade of a request to `/collab/<room>`. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Commits what has come, then closes every socket with 1012. */
  close(): Promise<void>;
};

/** The live server: one process of any number that share a database. */
export function attachCollab({
  db,
  pool,
  listener,
  log,
  identifyUpgrade,
  askAgainMs = ASK_AGAIN_MS,
}: CollabOptions): Collab {
  const node = newId();
  const statements = openPreparedStatements(pool, COMMIT_CONNECTIONS);
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME, perMessageDeflate: false });
  const hubs = new Map<string, Promise<SessionHub>>();
  const opened = new Set<SessionHub>();
  const sockets = new Set<WebSocket>();
  let closing = false;

  const connectionsOf = (projectId: string) =>
    [...opened].flatMap((hub) => hub.connections()).filter(({ member }) => member.projectId === projectId);
  const doubts = createDoubts({ connectionsOf, log });
  const revocation = createRevocation({
    listener,
    onChange(projectId, userId) {
      for (const connection of connectionsOf(projectId))
        if (connection.member.userId === userId) closeStale(connection);
    },
    onGap: doubts.raise,
  });

  async function forget(hub: SessionHub): Promise<void> {
    opened.delete(hub);
    await hub.finish();
  }

  function hubOf({ sessionId, userId }: RoomRef): Promise<SessionHub> {
    const known = hubs.get(sessionId);
    if (known) return known;
    const opening = openSessionHub({
      db,
      statements,
      log,
      listener,
      node,
      sessionId,
      independent: userId !== null,
      onEmpty() {
        hubs.delete(sessionId);
        void opening.then(forget, () => undefined);
      },
    });
    hubs.set(sessionId, opening);
    opening.then(
      (hub) => opened.add(hub),
      () => hubs.delete(sessionId),
    );
    return opening;
  }

  async function open(socket: WebSocket, request: IncomingMessage): Promise<void> {
    const room = await requireRoom(db, readAddress(request).roomName);
    const mark = await revocation.watch(room.projectId);
    const actor = await identify(db, request, room, identifyUpgrade);
    const member = await admit(db, actor, room);
    const hub = await hubOf(room);
    if (closing) throw new RefusedConnection(closeCodes.restart, "The server stops; connect again.");
    const connected = [...opened].flatMap((one) => one.connections());
    if (connected.filter((one) => one.member.userId === member.userId).length >= MAX_CONNECTIONS)
      throw new RefusedConnection(closeCodes.flood, "You have too many connections open at once.");
    const prove = () => proveAgain({ db, request, room, identifyUpgrade, actor, member });
    const connection = createConnection({ socket, member, room, prove });
    if (revocation.changedSince(mark, room.projectId, member.userId))
      throw new RefusedConnection(closeCodes.stale, CHANGED);
    serveSocket({ socket, connection, hub, log });
  }

  function refuse(socket: WebSocket, error: unknown): void {
    if (error instanceof RefusedConnection) {
      closeSocket(socket, error.code, error.message);
    } else {
      log.error({ err: error }, "a live connection could not be opened");
      closeSocket(socket, closeCodes.commitFailed, "The server can't do this now; connect again.");
    }
  }

  const stopKeepingAlive = keepAlive(sockets);
  const asking = setInterval(() => {
    const connections = [...opened].flatMap((hub) => hub.connections());
    for (const projectId of new Set(connections.map(({ member }) => member.projectId)))
      doubts.raise(projectId);
  }, askAgainMs);
  asking.unref();

  return {
    handleUpgrade(request, socket, head) {
      // A refusal is told after the handshake: a plain answer has no code, and clients would try for ever.
      server.handleUpgrade(request, socket, head, (accepted) => {
        sockets.add(accepted);
        liveSockets().inc();
        accepted.on("close", () => {
          sockets.delete(accepted);
          liveSockets().dec();
        });
        accepted.on("error", () => accepted.terminate());
        // Nothing is lost while the person is looked up: messages wait in the socket.
        accepted.pause();
        open(accepted, request)
          .catch((error) => refuse(accepted, error))
          .finally(() => accepted.resume());
      });
    },
    async close() {
      closing = true;
      stopKeepingAlive();
      clearInterval(asking);
      revocation.end();
      // What has been read is committed; what comes now stays with its sender, who sends it to another process.
      for (const socket of sockets) socket.pause();
      await Promise.all([...opened].map((hub) => hub.finish()));
      await statements.close();
      for (const socket of sockets) {
        closeSocket(socket, closeCodes.restart, "The server restarts; connect again.");
        socket.resume();
      }
      server.close();
    },
  };
}
