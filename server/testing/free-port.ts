import { once } from "node:events";
import { createServer } from "node:net";

/** Below those that systems give to whoever connects: nobody gets one of these while a test's server is away. */
const LOWEST = 20_000;
const COUNT = 10_000;

/** A port of loopback that a test's server may have, and have again after it was killed. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * COUNT);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const listening = once(server.listen({ port, host: "127.0.0.1", exclusive: true }), "listening");
  const free = await listening.then(
    () => true,
    () => false,
  );
  server.close();
  if (free) await once(server, "close");
  return free;
}
