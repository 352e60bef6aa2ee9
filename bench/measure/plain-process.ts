import { once } from "node:events";
import type { AddressInfo } from "node:net";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { type WebSocket, WebSocketServer } from "ws";
import * as sync from "y-protocols/sync";
import * as Y from "yjs";

/**
 * What y-websocket's own server does: it applies what comes to a document and passes it on. Nothing is checked and
 * nothing is durable. Says its address on stdout.
 */
const SYNC = 0;
type Room = { doc: Y.Doc; sockets: Set<WebSocket> };
const rooms = new Map<string, Room>();

function roomOf(name: string): Room {
  const known = rooms.get(name);
  if (known) return known;
  const room: Room = { doc: new Y.Doc(), sockets: new Set() };
  rooms.set(name, room);
  room.doc.on("update", (update: Uint8Array) => {
    const message = encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, SYNC);
      sync.writeUpdate(encoder, update);
    });
    for (const socket of room.sockets) socket.send(message);
  });
  return room;
}

const server = new WebSocketServer({ port: 0, host: "localhost", perMessageDeflate: false });
server.on("connection", (socket, { url = "" }) => {
  const { doc, sockets } = roomOf(url);
  sockets.add(socket);
  socket.on("close", () => sockets.delete(socket));
  socket.on("message", (data: Buffer) => {
    const decoder = decoding.createDecoder(data);
    if (decoding.readVarUint(decoder) !== SYNC) return;
    const answer = encoding.createEncoder();
    encoding.writeVarUint(answer, SYNC);
    sync.readSyncMessage(decoder, answer, doc, socket);
    if (encoding.length(answer) > 1) socket.send(encoding.toUint8Array(answer));
  });
});
await once(server, "listening");
const { port } = server.address() as AddressInfo;
process.stdout.write(`ws://localhost:${port}\n`);
