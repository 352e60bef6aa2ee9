import * as decoding from "lib0/decoding";
import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { type Decision, MESSAGE_PERSISTED, MESSAGE_REFUSED, type Refusal, refusal } from "@/contracts/live";
import { waitFor } from "@/server/testing/wait-for";

/** A program in a live room, by y-websocket's own client. */
export type LiveClient = {
  userId: string;
  doc: Y.Doc;
  provider: WebsocketProvider;
  refusals: Refusal[];
  /** Codes of connections that ended. */
  closed: number[];
  /** Everything that came, as text: Yjs writes texts as they are. */
  received(): string;
  get(key: string): Decision | undefined;
  /** Decides as a person does; without `base` unless it is given. */
  decide(key: string, value: string[], more?: Partial<Decision>): Decision;
  isSaved(): boolean;
  /** Whether the server has said that everything decided here is durable, on whatever connection. */
  isDurable(): boolean;
  saved(): Promise<void>;
  synced(): Promise<void>;
  stop(): void;
};

type ClientOptions = {
  url: string;
  room: string;
  userId: string;
  token?: string;
  ticket?: string;
  /** Others than the token's, as a browser sends them. */
  headers?: Record<string, string>;
};

export function openLiveClient({
  url,
  room,
  userId,
  token,
  ticket,
  headers = {},
}: ClientOptions): LiveClient {
  const doc = new Y.Doc();
  const decisions = doc.getMap<Decision>("decisions");
  const refusals: Refusal[] = [];
  const closed: number[] = [];
  const frames: Buffer[] = [];
  let persisted = new Map<number, number>();

  class Socket extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols, {
        headers: { ...headers, ...(token ? { authorization: `Bearer ${token}` } : {}) },
      });
      this.on("message", (data: ArrayBuffer) => void frames.push(Buffer.from(data)));
    }
  }
  const provider = new WebsocketProvider(url, room, doc, {
    connect: false,
    disableBc: true,
    params: ticket ? { ticket } : {},
    WebSocketPolyfill: Socket as unknown as typeof globalThis.WebSocket,
    maxBackoffTime: 200,
  });
  provider.messageHandlers[MESSAGE_PERSISTED] = (_encoder, decoder) => {
    const clocks = Y.decodeStateVector(decoding.readVarUint8Array(decoder));
    persisted = new Map([...persisted, ...clocks]);
  };
  provider.messageHandlers[MESSAGE_REFUSED] = (_encoder, decoder) => {
    refusals.push(refusal.parse(JSON.parse(decoding.readVarString(decoder))));
  };
  provider.on("connection-close", (event) => {
    if (event) closed.push(event.code);
  });
  provider.connect();

  const isDurable = () => (persisted.get(doc.clientID) ?? 0) >= Y.getState(doc.store, doc.clientID);
  const isSaved = () => provider.synced && isDurable();
  return {
    userId,
    doc,
    provider,
    refusals,
    closed,
    received: () => Buffer.concat(frames).toString("latin1"),
    get: (key) => decisions.get(key),
    decide(key, value, more = {}) {
      const made: Decision = { value, by: userId, at: new Date().toISOString(), ...more };
      decisions.set(key, made);
      return made;
    },
    isSaved,
    isDurable,
    async saved() {
      await waitFor("all to be durable", isSaved);
    },
    async synced() {
      await waitFor("the document", () => provider.synced);
    },
    stop() {
      provider.destroy();
      doc.destroy();
    },
  };
}
