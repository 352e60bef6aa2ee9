import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { isEventStream, measureRequest } from "./measure-request";
import { PEER_HEADER } from "./platform/client-address";
import { AppError } from "./platform/errors";

/** Uploads of the largest size take a while; a client that sends nothing is cut off by `headersTimeout`. */
const REQUEST_TIMEOUT = 60 * 60_000;
/** Longer than the idle time of usual proxies, which otherwise meet a connection that is just closing. */
const KEEP_ALIVE_TIMEOUT = 65_000;
const DEFAULT_PORT = 3000;
const DRAIN_PATIENCE = 3000;

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => Promise<void> | void;
export type Handlers = { request: RequestHandler; upgrade: UpgradeHandler };

export type HttpServer = {
  port: number;
  /** Answers what has come and comes from now on; until then requests wait, but for those that are answered early. */
  serve(handlers: Handlers): void;
  /** Takes no new connections. */
  stopListening(): Promise<void>;
  /** Waits for the requests under way, for streams of events not at all, and closes what is left. */
  drain(): Promise<void>;
};

/**
 * The one HTTP server of a process. It listens before anything else has begun, so that a port in use is known
 * at once.
 * @param port 0 takes any free port; `undefined` takes 3000, or any free one when that is in use
 * @param early who answers an address before there are handlers; null: nobody
 * @throws AppError `port`, one line
 */
export async function openHttpServer(
  host: string,
  port: number | undefined,
  early: (url: string) => RequestHandler | null = () => null,
): Promise<HttpServer> {
  let serve: (handlers: Handlers) => void = () => undefined;
  let serving = false;
  const ready = new Promise<Handlers>((resolve) => {
    serve = (handlers) => {
      serving = true;
      resolve(handlers);
    };
  });
  const active = new Set<ServerResponse>();
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT, keepAliveTimeout: KEEP_ALIVE_TIMEOUT });
  server.on("request", (request, response) => {
    active.add(response);
    measureRequest(request, response);
    response.once("close", () => active.delete(response));
    endAfterUnreadBody(request, response);
    noteAddress(request);
    const first = serving ? null : early(request.url ?? "");
    const answered = first
      ? Promise.resolve(first(request, response))
      : ready.then(({ request: handle }) => handle(request, response));
    answered.catch(() => response.destroy());
  });
  server.on("upgrade", (request, socket, head) => {
    // A socket without a listener for errors ends the process when its peer is gone.
    socket.on("error", () => socket.destroy());
    noteAddress(request);
    ready.then(({ upgrade }) => upgrade(request, socket, head)).catch(() => socket.destroy());
  });

  const listen = (wanted: number) =>
    new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen({ port: wanted, host }, () => {
        server.off("error", reject);
        resolve();
      });
    });

  try {
    if (port === undefined && (await isLocalhostTaken(DEFAULT_PORT))) await listen(0);
    else await listen(port ?? DEFAULT_PORT);
  } catch (error) {
    if (port !== undefined || !isInUse(error)) throw listenProblem(error, host, port ?? DEFAULT_PORT);
    await listen(0);
  }

  return {
    port: (server.address() as AddressInfo).port,
    serve,
    stopListening: async () => {
      server.close();
    },
    async drain() {
      server.closeIdleConnections();
      for (const response of active) if (isEventStream(response)) response.destroy();
      const finished = Promise.all(
        [...active].map((response) => new Promise((done) => response.once("close", done))),
      );
      await Promise.race([finished, delay(DRAIN_PATIENCE, undefined, { ref: false })]);
      server.closeAllConnections();
    },
  };
}

/**
 * An answer may come before its request's body has, and whoever gives up reading a request lets go of its socket.
 * Such a connection ends: what still comes is dropped, so that the answer arrives, and no next request waits behind it.
 */
function endAfterUnreadBody(request: IncomingMessage, response: ServerResponse): void {
  const { socket } = request;
  response.once("finish", () => {
    if (request.complete || !request.destroyed) return;
    socket.removeAllListeners("data");
    socket.on("data", () => undefined);
    socket.resume();
    socket.end();
  });
}

/** The address of the socket, which nobody but this server can set, for limits and the audit. */
function noteAddress(request: IncomingMessage): void {
  request.headers[PEER_HEADER] = request.socket.remoteAddress?.replace(/^::ffff:/, "") ?? "";
}

/** A browser asks `localhost` at ::1 first, where another program may answer on a port that is free elsewhere. */
function isLocalhostTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error) => resolve(isInUse(error)));
    probe.listen({ port, host: "::1" }, () => probe.close(() => resolve(false)));
  });
}

function isInUse(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "EADDRINUSE";
}

function listenProblem(error: unknown, host: string, port: number): AppError {
  const code = (error as NodeJS.ErrnoException).code;
  return new AppError("port", explain(code, host, port), { status: 500, cause: error });
}

function explain(code: string | undefined, host: string, port: number): string {
  if (code === "EADDRINUSE") {
    return `Port ${port} of ${host} is in use: stop what uses it, or set PORT to another one (0 = any free port).`;
  }
  if (code === "EACCES") return `Port ${port} may not be used by this user: set PORT to 1024 or higher.`;
  return `HOST must be an address of this machine, and ${host} can't be listened on (${code}).`;
}
