import type { JsonValue } from "@/contracts/common";
import type { LabelDefinition } from "@/contracts/label-schema";

/** One label as a file of another tool gives it. */
export type PeerLabel = {
  /** Whoever put it, as the file names them; absent when the format doesn't say. */
  annotator?: string;
  /** Tells annotators of one name apart, where the file has ids. */
  annotatorId?: string;
  /** Put by a model: a prediction, a suggestion. */
  machine?: true;
  /** Null when the format has no names of labels, only their values. */
  label: string | null;
  level: LabelDefinition["level"];
  value: string[];
  /** Code points, end exclusive; of spans. */
  start?: number;
  end?: number;
  /** 0 to 1. */
  conf?: number;
  confMethod?: string;
  metadata?: Record<string, JsonValue>;
};

/** One item of the file that could be read. */
export type PeerItem = {
  /** Absent when the item has none. */
  externalId?: string;
  content: string;
  metadata: Record<string, JsonValue>;
  labels: PeerLabel[];
  /** What the item holds that has no counterpart here, each as a phrase: "relations". */
  left: string[];
};

/** Why an item can't be read: a sentence for a person. */
type PeerProblem = { problem: string };

/** What one item of the file says; a document of several paragraphs is several. */
export type ParsedItems = (PeerItem | PeerProblem)[];

/** Where items hold what differs from file to file; by default found by the tool's own names. */
export type ParseOptions = {
  /** Key of the text. */
  content?: string | undefined;
  /** Key of the record's id. */
  id?: string | undefined;
};

export type JsonObject = Record<string, JsonValue>;

/** A label on a record that is to be written. */
export type WrittenLabel = {
  /** Null: a final label, which is nobody's own. */
  annotator: { id: string; name: string; kind: "user" | "job" | "imported" } | null;
  label: string;
  level: LabelDefinition["level"];
  /** Option values. */
  value: readonly string[];
  /** Code points, end exclusive; of spans. */
  start?: number;
  end?: number;
  conf: number | null;
};

/** A record with the labels to write. */
export type WrittenRecord = {
  externalId: string;
  content: string;
  metadata: JsonObject;
  labels: readonly WrittenLabel[];
};

/** One file being written: `head`, then each record's text, then `end()`. */
type PeerWriter = { head: string; write: (record: WrittenRecord) => string; end: () => string };

export type PeerFileFormat = {
  extension: string;
  contentType: string;
  /** What this format can't hold, each as a sentence for a person. */
  losses: readonly string[];
  /**
   * Begins a file.
   * @param labels definitions of every label that records may bring
   * @throws AppError `format_holds_less` when the format has no room for all of them
   */
  open: (labels: readonly LabelDefinition[]) => PeerWriter;
};
