import type { Presence, Refusal } from "@/contracts/live";
import type { Mark } from "./marks";
import type { AwarenessState } from "./peers";
import type { RefusedReason } from "./refused-reason";
import type { RoomOutbox, UnsentMark } from "./room-outbox";

/** One live document of a session, as this page holds it. */
export type LiveRoom = {
  name: string;
  /** What stands for a key: one's own last word, else what the server has committed. */
  holds(key: string): Held | null;
  /** Keys of the spans of a record that were ever marked here. */
  spanKeys(recordId: string): ReadonlySet<string>;
  /** Takes own decisions and spans; they are sent at once or when the line is back. */
  put(marks: readonly (readonly [key: string, mark: Mark])[]): void;
  pending(): ReadonlyMap<string, UnsentMark>;
  isSynced(): boolean;
  isOnline(): boolean;
  lookAt(state: Presence): void;
  awareness(): AwarenessState[];
  /** Client ids of this page. */
  ownClient(): number | null;
  /** Gives the connection up until {@link LiveRoom.reconnectNow}. */
  goOffline(): void;
  reconnectNow(): void;
  close(): void;
};

/** A value of the document, and whether it is in this browser alone. */
export type Held = { mark: Mark; unsaved: boolean };

export type LiveRoomOptions = {
  url: string;
  room: string;
  me: string;
  outbox: RoomOutbox;
  /** Before each connection, to take over what closed tabs left behind. */
  adopt(outbox: RoomOutbox): Promise<void>;
  /** The browser's, or another in a test. */
  webSocket?: typeof WebSocket;
  onChange(): void;
  /** What one decided is durable, and says what it said before. */
  onSaved(at: Date): void;
  onPeerChange(keys: readonly string[]): void;
  onRefusal(refusal: Refusal, refused: readonly { key: string; mark: Mark }[]): void;
  /** The server lets us in no further. */
  onRefused(reason: RefusedReason): void;
};
