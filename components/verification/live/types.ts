import type { Refusal } from "@/contracts/live";
import type { VerdictStatus } from "@/contracts/verifications";

/** A verdict as the live document holds it: what the server has committed, or what I have just decided. */
export type LiveVerdict = {
  status: VerdictStatus | null;
  value: string[];
  by: string;
  at: string;
  /** True until the server's word that it is durable. */
  unsaved: boolean;
};

export type SaveState =
  | { kind: "connecting" }
  /** Everything of mine is durable; `at` is when the last was, null before the first. */
  | { kind: "saved"; at: Date | null }
  | { kind: "saving"; count: number }
  /** Kept in this browser, sent when the line is back. */
  | { kind: "offline"; count: number }
  /** The server let me in no further; what was not sent can be copied from `kept`. */
  | { kind: "refused"; reason: "closed" | "forbidden" | "signed-out" | "gone"; kept: Kept[] };
export type Kept = { annotationId: string; value: string[]; status: VerdictStatus | null };

export type PeerPresence = {
  clientId: number;
  user: { id: string; name: string; color: number };
  /** The annotation they look at. */
  at: string | null;
  view: "table" | "focus" | null;
};

export type DecisionChange = {
  annotationId: string;
  status: VerdictStatus | null;
  value: string[];
  /** The item's room; may be left out where the session has but one. */
  room?: string;
};

/** One decision, or many decided at once; undone as one. */
type DecideResult = { changed: number };

export type UndoResult =
  | { kind: "nothing" }
  | { kind: "done"; keys: string[] }
  /** Someone else changed these since; they were left alone. */
  | { kind: "overtaken"; keys: string[]; by: string };

/** What a component needs of the room; made by `useLiveSession`. */
export type LiveSession = {
  save: SaveState;
  peers: PeerPresence[];
  /** Newest first; a peer's changes of the last moment, for the glow. */
  recentByPeers: ReadonlyMap<string, number>;
  refusals: Refusal[];
  dismissRefusal(index: number): void;
  readOnly: boolean;
  verdictOf(annotationId: string): LiveVerdict | null;
  decide(changes: readonly DecisionChange[]): DecideResult;
  undo(): UndoResult;
  redo(): UndoResult;
  canUndo: boolean;
  canRedo: boolean;
  /** Tells the others where I am. */
  lookAt(annotationId: string | null, view: "table" | "focus"): void;
  /** Opens the chunks of these positions, at most three at a time. */
  showPositions(positions: readonly number[]): void;
};
