import { createServer } from "node:net";

/** A free port of the loopback address: `preferred` when it is free, else any. */
export async function freePort(preferred?: number): Promise<number> {
  const found = preferred === undefined ? undefined : await tryPort(preferred);
  const port = found ?? (await tryPort(0));
  if (port === undefined) throw new Error("There is no free port on 127.0.0.1.");
  return port;
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? address?.port : undefined));
    });
  });
}
