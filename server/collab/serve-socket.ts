import type { RawData, WebSocket } from "ws";
import { closeCodes, MAX_UPDATE_BYTES } from "@/contracts/live";
import type { Log } from "@/server/platform/log";
import { createAllowance } from "./allowance";
import type { Connection } from "./connection";
import { decodeUpdate, UnacceptableUpdate } from "./decode-update";
import type { SessionHub } from "./session-hub";
import { type ClientMessage, presenceMessage, readMessage } from "./wire";

type ServeOptions = { socket: WebSocket; connection: Connection; hub: SessionHub; log: Log };

/** A page asks once for the document, which may take a thousand times as long to send as to ask for. */
const QUESTION_WEIGHT = 100;
/** Yjs sends nothing but this when a replica has nothing of its own. */
const EMPTY_UPDATE_BYTES = 2;

/** Lets a proved connection into its room, and takes what it sends until it ends. */
export function serveSocket({ socket, connection, hub, log }: ServeOptions): void {
  if (!connection.isOpen()) return;
  const room = hub.enter(connection);
  const isAllowed = createAllowance(Date.now());

  function take(message: ClientMessage): void {
    if (message.kind === "sync") answer(message.stateVector);
    else if (message.kind === "presence") hub.tell(hub.presence.accept(connection, message.entries));
    else if (message.kind === "query-presence") connection.send(presenceMessage(hub.whoIsHere()));
    else if (message.update.length > EMPTY_UPDATE_BYTES)
      room.receive({ connection, update: decodeUpdate(message.update) });
  }

  function answer(stateVector: Uint8Array): void {
    if (isAllowed(0, Date.now(), QUESTION_WEIGHT)) room.sync(connection, stateVector);
    else connection.close(closeCodes.flood, "Too much at once.");
  }

  socket.on("message", (data, isBinary) => {
    if (!connection.isOpen()) return;
    const bytes = toBytes(data);
    if (!isAllowed(bytes.length, Date.now())) return connection.close(closeCodes.flood, "Too much at once.");
    if (!isBinary || bytes.length > MAX_UPDATE_BYTES)
      return connection.close(closeCodes.badMessage, "A message is binary and at most 256 KB long.");
    try {
      take(readMessage(bytes));
    } catch (error) {
      const why = error instanceof UnacceptableUpdate ? error.message : "it is no message of y-websocket";
      log.debug({ room: connection.room.name, user: connection.member.userId, why }, "a message was refused");
      connection.close(closeCodes.badMessage, `This message is refused: ${why}.`);
    }
  });
  socket.on("close", () => hub.leave(connection));
  const others = hub.whoIsHere();
  if (others.length > 0) connection.send(presenceMessage(others));
}

function toBytes(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
