import type { SaveState } from "@/components/saving/save-state";
import type { Refusal } from "@/contracts/live";
import type { VerdictStatus } from "@/contracts/verifications";

/** A verdict as the live document holds it: what the server has committed, or what I have just decided. */
export type LiveVerdict = {
  /** Left out of a blind label: whether the job was right is not told to who has not decided. null: taken back. */
  status?: VerdictStatus | null;
  value: string[];
  /** Of a span: other borders than the job's, in code points; null: the job's. */
  start: number | null;
  end: number | null;
  /** Why they can't tell. */
  reason: string | null;
  /** Given to several labels at one stroke. */
  together: boolean;
  by: string;
  at: string;
  /** True until the server's word that it is durable. */
  unsaved: boolean;
};

/** A decision, or with `recordId` and borders a span of one's own, under its key. */
export type Kept = {
  annotationId: string;
  value: string[];
  status: VerdictStatus | null;
  recordId?: string;
  start?: number;
  end?: number;
};

export type PeerPresence = {
  clientId: number;
  user: { id: string; name: string; color: number };
  /** The annotation they look at. */
  at: string | null;
  view: "table" | "focus" | null;
};

export type DecisionChange = {
  annotationId: string;
  /** Left out of a blind label: it follows from the value. */
  status?: VerdictStatus | null;
  value: string[];
  /** Of a span: other borders than the job's; both or neither. */
  start?: number;
  end?: number;
  /** Why one can't tell. */
  reason?: string;
  /** Milliseconds that were worked on it. */
  ms?: number;
  /** Given to several labels at one stroke. */
  together?: true;
  /** The item's room; may be left out where the session has but one. */
  room?: string;
};

/** A span that a person marked in the session, because the job missed it: their own label. */
export type LiveSpan = {
  /** A UUID that its author made; the id of their annotation. */
  key: string;
  recordId: string;
  label: string;
  value: string[];
  /** Code points, end exclusive. */
  start: number;
  end: number;
  by: string;
  at: string;
  /** True until the server's word that it is durable. */
  unsaved: boolean;
};

/** A span of one's own to mark, to change or to take away: all that it shall be, also what stays the same. */
export type SpanChange = {
  /** Of a span that is there; left out: a new one. */
  key?: string;
  recordId: string;
  label: string;
  /** Empty: take it away. */
  value: string[];
  start: number;
  end: number;
  /** The room of an item of that record; may be left out where the session has but one. */
  room?: string;
};

/** What is decided at one stroke, and undone as one. */
export type Act = { decisions?: readonly DecisionChange[]; spans?: readonly SpanChange[] };

type DecideResult = { changed: number };
type ActResult = DecideResult & {
  /** Keys of the spans, in the order given; null where nothing was to be changed. */
  spanKeys: (string | null)[];
};

export type UndoResult =
  | { kind: "nothing" }
  | { kind: "done"; keys: string[] }
  /** Someone else changed these since; they were left alone. */
  | { kind: "overtaken"; keys: string[]; by: string };

/**
 * What a component needs of the room; made by `useLiveSession`. Another object whenever anybody has decided, come or
 * gone, and the same one when what was decided is saved: that is told to those who {@link LiveSession.subscribe}.
 */
export type LiveSession = {
  /** This, as it is by now. */
  now(): LiveSession;
  /** The same until it says something else. */
  saveState(): SaveState<Kept>;
  peers: PeerPresence[];
  /** Annotation ids and keys of spans; a peer's changes of the last moment, for the glow. */
  recentByPeers: ReadonlyMap<string, number>;
  refusals: Refusal[];
  dismissRefusal(index: number): void;
  readOnly: boolean;
  /** Calls `listener` after each change, also of what is saved; for what is drawn for itself, such as a row. */
  subscribe(listener: () => void): () => void;
  verdictOf(annotationId: string): LiveVerdict | null;
  /** One decision, or many decided at once; undone as one. */
  decide(changes: readonly DecisionChange[]): DecideResult;
  /** Decisions and own spans at one stroke, as when a span is marked in a record where the job found none. */
  act(act: Act): ActResult;
  /** Spans that people marked in a record, by their place; what was taken away is left out. */
  spansOf(recordId: string): readonly LiveSpan[];
  undo(): UndoResult;
  redo(): UndoResult;
  canUndo: boolean;
  canRedo: boolean;
  /** Tells the others where I am. */
  lookAt(annotationId: string | null, view: "table" | "focus"): void;
  /** Opens the chunks of these positions, at most three at a time. */
  showPositions(positions: readonly number[]): void;
};
