import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

/** Answers a request for a socket at an address where there is none. */
export function refuseUpgrade(_request: IncomingMessage, socket: Duplex): void {
  socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
}
