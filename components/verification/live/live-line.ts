import * as decoding from "lib0/decoding";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import {
  type DocumentMap,
  documentMaps,
  MESSAGE_PERSISTED,
  MESSAGE_REFUSED,
  type Presence,
  type Refusal,
  refusal,
} from "@/contracts/live";
import { pageKey } from "./marks";

/** A decision on its way: durable when the server's clock for us reaches `clock`. */
type Flight = { at: string; clock: number };

/** One connection to a room, with a document of its own that came from the server. */
export type Line = {
  doc: Y.Doc;
  maps: Record<DocumentMap, Y.Map<unknown>>;
  provider: WebsocketProvider;
  flights: Map<string, Flight>;
  /** Call it outside the events of the connection, which goes on with what it has after each of them. */
  destroy(): void;
};

export type LineOptions = {
  url: string;
  room: string;
  presence: Presence;
  /** The browser's, or another in a test. */
  webSocket: typeof WebSocket | undefined;
  /** How far each Yjs client's changes are durable. */
  onPersisted(clocks: Map<number, number>): void;
  onRefused(refusal: Refusal): void;
  /** Keys, as this page names them, that somebody else or the server has changed. */
  onChanged(keys: string[]): void;
  /** The document is there. */
  onSynced(): void;
  onStatus(status: string): void;
  onClosed(code: number | null): void;
  /** Others look elsewhere, come or go. */
  onPresence(): void;
};

/** Makes ready to connect; the caller connects. It never reconnects by itself: another line is opened then. */
export function openLine(options: LineOptions): Line {
  const { url, room, presence, webSocket } = options;
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(url, room, doc, {
    connect: false,
    disableBc: true,
    shouldReconnect: () => false,
    ...(webSocket ? { WebSocketPolyfill: webSocket } : {}),
  });
  const maps = { decisions: doc.getMap("decisions"), spans: doc.getMap("spans") };
  provider.messageHandlers[MESSAGE_PERSISTED] = (_encoder, decoder) =>
    options.onPersisted(Y.decodeStateVector(decoding.readVarUint8Array(decoder)));
  provider.messageHandlers[MESSAGE_REFUSED] = (_encoder, decoder) => {
    const { data } = refusal.safeParse(JSON.parse(decoding.readVarString(decoder)));
    if (data) options.onRefused(data);
  };
  for (const map of documentMaps)
    maps[map].observe(({ keysChanged }, transaction) => {
      if (!transaction.local) options.onChanged([...keysChanged].map((key) => pageKey(map, key)));
    });
  provider.on("sync", (isSynced) => {
    if (isSynced) options.onSynced();
  });
  provider.on("status", ({ status }) => options.onStatus(status));
  provider.on("connection-close", (event) => options.onClosed(event?.code ?? null));
  provider.awareness.setLocalState(presence);
  provider.awareness.on("change", (_clients: unknown, origin: unknown) => {
    if (origin !== "local") options.onPresence();
  });
  return {
    doc,
    maps,
    provider,
    flights: new Map(),
    destroy() {
      provider.destroy();
      doc.destroy();
    },
  };
}
