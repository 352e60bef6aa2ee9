import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import { createPool } from "@/server/platform/db";
import { createBareCommits } from "./bare-commit";

/**
 * The least that a live server does: what comes is sent to all others as it is; nothing is looked at. With a database's
 * address as its argument it is as safe as a live server: each message is first written in one commit, the same rows in
 * the same tables as a decision's. Whoever says hello is answered when the room's labels have been read. Says its
 * address on stdout.
 */
const [databaseUrl] = process.argv.slice(2);
const commits = databaseUrl === undefined ? null : createBareCommits(createPool(databaseUrl));

const server = new WebSocketServer({ port: 0, host: "localhost", perMessageDeflate: false });
server.on("connection", (socket, { url: address = "" }) => {
  const room = address.split("/").at(-1) ?? "";
  const commit = commits?.writerFor(room);
  socket.once("message", async () => {
    await commits?.load(room);
    socket.on("message", async (data: Buffer) => {
      await commit?.(data);
      for (const other of server.clients) if (other !== socket) other.send(data);
    });
    socket.send(Buffer.alloc(0));
  });
});
await once(server, "listening");
const { port } = server.address() as AddressInfo;
process.stdout.write(`ws://localhost:${port}/x\n`);
