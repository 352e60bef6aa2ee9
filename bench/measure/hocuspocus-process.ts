import { Server } from "@hocuspocus/server";

/** Hocuspocus as it comes, without a store: nothing is durable. Says its address on stdout. */
const server = new Server({ port: 0, address: "localhost", quiet: true });
await server.listen();
process.stdout.write(`${server.webSocketURL.replace(/0\.0\.0\.0|127\.0\.0\.1/, "localhost")}\n`);
