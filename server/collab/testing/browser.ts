import { WebSocket } from "ws";
import type { OutboxStorage } from "@/components/saving/outbox";
import { createStorage } from "@/components/saving/testing/memory-storage";
import {
  createLiveSessionClient,
  type LiveSessionClient,
} from "@/components/verification/live/live-session-client";
import type { LiveSession } from "@/components/verification/live/types";
import type { Session } from "@/contracts/sessions";
import { waitFor } from "@/server/testing/wait-for";

/** The page's own live client, on real sockets, in one person's browser. */
export type Browser = {
  userId: string;
  client: LiveSessionClient;
  storage: OutboxStorage;
  now(): LiveSession;
  /** Cuts every connection of this page, as a network does, without a word. */
  cut(): void;
  /** Whether new connections can be made. */
  setOnline(online: boolean): void;
  saved(): Promise<void>;
  close(): void;
};

type BrowserOptions = {
  /** Where a connection may go; each takes one by chance. */
  urls: readonly string[];
  session: Session;
  userId: string;
  token: string;
  storage?: OutboxStorage;
  random?: () => number;
  /** Is given every message that comes, before the page has it. */
  onFrame?(frame: Uint8Array): void;
};

export function openBrowser(options: BrowserOptions): Browser {
  const { urls, session, userId, token, storage = createStorage(), random = Math.random, onFrame } = options;
  const sockets = new Set<WebSocket>();
  let online = true;

  class Socket extends WebSocket {
    constructor(address: string | URL) {
      const base = urls[Math.floor(random() * urls.length)] ?? "";
      super(online ? String(address).replace(session.wsUrl, base) : "ws://localhost:1", {
        headers: { authorization: `Bearer ${token}` },
      });
      sockets.add(this);
      this.on("message", (data: Buffer) => onFrame?.(new Uint8Array(data)));
      this.on("close", () => sockets.delete(this));
    }
  }
  const client = createLiveSessionClient({
    session,
    me: { id: userId },
    storage,
    webSocket: Socket as unknown as typeof globalThis.WebSocket,
  });
  client.start();
  const cut = () => {
    for (const socket of sockets) socket.terminate();
  };
  return {
    userId,
    client,
    storage,
    now: client.snapshot,
    cut,
    setOnline(now) {
      online = now;
      if (!now) cut();
    },
    async saved() {
      await waitFor("all to be saved", () => client.snapshot().saveState().kind === "saved");
    },
    close: client.stop,
  };
}
