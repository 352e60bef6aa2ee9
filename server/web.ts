import { createServer } from "node:http";
import next from "next";
import type { Handlers } from "./http-server";
import { refuseUpgrade } from "./refuse-upgrade";

export type Web = { handlers: Handlers; close(): Promise<void> };

export type WebOptions = {
  /** Pages are compiled as they are asked for, and again when their source changes. */
  dev: boolean;
  /** Where this process listens; addresses that Next makes start with it. */
  port: number;
};

/** Next as a handler of requests: pages, tRPC, REST. */
export async function startWeb({ dev, port }: WebOptions): Promise<Web> {
  // Next listens for the upgrades of the server it is given, all of them, so it gets one of its own, on which only those
  // meant for it arrive. What its own handler is said to be does nothing.
  const httpServer = createServer();
  const app = createNext({ dev, dir: process.cwd(), hostname: "localhost", port, httpServer });
  await app.prepare();
  const request = app.getRequestHandler();
  return {
    handlers: {
      request,
      upgrade: dev ? (...upgrade) => void httpServer.emit("upgrade", ...upgrade) : refuseUpgrade,
    },
    close: () => app.close(),
  };
}

/** Seen from an ES module, the function is a property of the CommonJS module's default. */
const createNext = "default" in next ? (next.default as typeof next) : next;
