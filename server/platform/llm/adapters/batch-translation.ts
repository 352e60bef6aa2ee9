import type { BatchItem, BatchLimits, BatchState, LlmError } from "../port";
import type { WrittenCall } from "./written-call";

/** One request about batches, in the provider's own words. */
export type BatchCall = {
  method: "GET" | "POST";
  path: string;
  body?: Readonly<Record<string, unknown>>;
  /** In place of JSON. */
  upload?: { type: string; bytes: Uint8Array };
};

/** A batch as the provider lists it. */
export type ListedBatch = {
  state: BatchState;
  createdAt: Date;
  requests: number;
  /** The key that it was handed in with; null: the provider keeps none. */
  key: string | null;
};

/** `body`: the answer, as to a request alone. */
export type ResultLine = { id: string } & (
  | { body: unknown }
  | { error: LlmError }
  | { left: "expired" | "cancelled" }
);

type HandedIn = {
  key: string;
  items: readonly BatchItem[];
};

/** How a provider takes many requests at once: pure translation, as all of an adapter. */
export type BatchTranslation = {
  limits: BatchLimits;
  /** One request among others. */
  write(id: string, call: WrittenCall): string;
  /** Takes the requests before the batch is made; null: they stand in the batch's own request. */
  upload: { write(batch: HandedIn): BatchCall; read(body: unknown): string } | null;
  /** @param fileId what the upload gave */
  create(batch: HandedIn, fileId: string | null): BatchCall;
  get(id: string): BatchCall;
  cancel(id: string): BatchCall;
  /** @throws LlmError `provider_error` for what is no batch */
  read(body: unknown, apiKey: string | null): BatchState;
  /** @param after the last batch of the page before; null: the newest */
  list(after: string | null): BatchCall;
  readList(body: unknown, apiKey: string | null): { batches: ListedBatch[]; after: string | null };
  /** One line of the results; null: it is none. */
  readResult(line: unknown, apiKey: string | null): ResultLine | null;
};
