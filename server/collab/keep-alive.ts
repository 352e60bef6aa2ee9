import type { WebSocket } from "ws";
import { presenceMessage } from "./wire";

/** y-websocket gives a connection up that was silent for 30 seconds. */
const INTERVAL_MS = 12_000;

/**
 * Keeps silent connections alive, with presence of nobody, and ends those whose peer no longer answers.
 * @returns the function that stops it
 */
export function keepAlive(sockets: ReadonlySet<WebSocket>): () => void {
  const silent = new WeakSet<WebSocket>();
  const nobody = presenceMessage([]);
  const timer = setInterval(() => {
    for (const socket of sockets) {
      if (silent.has(socket)) {
        socket.terminate();
        continue;
      }
      silent.add(socket);
      socket.once("pong", () => silent.delete(socket));
      if (socket.readyState !== socket.OPEN) continue;
      socket.ping();
      socket.send(nobody);
    }
  }, INTERVAL_MS);
  timer.unref();
  return () => clearInterval(timer);
}
