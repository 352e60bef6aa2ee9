import { z } from "zod";
import { readFailure } from "../http/read-failure";
import type { BatchTranslation, ListedBatch, ResultLine } from "./batch-translation";
import { notAnAnswer } from "./not-an-answer";

const LISTED = 100;

/**
 * Anthropic's `POST /messages/batches`. A batch there has no name of ours, only its requests have: it is known by their
 * ids, once its results can be read.
 */
export const anthropicBatch: BatchTranslation = {
  limits: { requests: 100_000, bytes: 256 * 1024 * 1024 },
  write: (custom_id, { body }) => JSON.stringify({ custom_id, params: body }),
  upload: null,
  create: ({ items }) => ({
    method: "POST",
    path: "messages/batches",
    upload: {
      type: "application/json",
      bytes: Buffer.from(`{"requests":[${items.map(({ text }) => text).join(",")}]}`, "utf8"),
    },
  }),
  get: (id) => ({ method: "GET", path: pathOf(id) }),
  cancel: (id) => ({ method: "POST", path: `${pathOf(id)}/cancel`, body: {} }),
  read: (body, apiKey) => {
    const parsed = batch.safeParse(body);
    if (!parsed.success) throw notAnAnswer(body, "message batch", apiKey);
    return listed(parsed.data).state;
  },
  list: (after) => ({
    method: "GET",
    path: `messages/batches?limit=${LISTED}${after === null ? "" : `&after_id=${encodeURIComponent(after)}`}`,
  }),
  readList: (body, apiKey) => {
    const parsed = page.safeParse(body);
    if (!parsed.success) throw notAnAnswer(body, "list of message batches", apiKey);
    const { data, has_more: more } = parsed.data;
    return { batches: data.map(listed), after: more ? (data.at(-1)?.id ?? null) : null };
  },
  readResult: (line, apiKey) => {
    const parsed = result.safeParse(line);
    if (!parsed.success) return null;
    const { custom_id: id, result: became } = parsed.data;
    if (became.type === "succeeded") return { id, body: became.message };
    if (became.type === "errored") return failed(id, became.error, apiKey);
    if (became.type === "expired") return { id, left: "expired" };
    return became.type === "canceled" ? { id, left: "cancelled" } : null;
  },
};

const pathOf = (id: string) => `messages/batches/${encodeURIComponent(id)}`;

const count = z.number().int().default(0);
const batch = z.object({
  id: z.string().min(1),
  type: z.literal("message_batch"),
  processing_status: z.string(),
  created_at: z.string().nullish(),
  request_counts: z.object({
    processing: count,
    succeeded: count,
    errored: count,
    canceled: count,
    expired: count,
  }),
});
const page = z.object({ data: z.array(batch), has_more: z.boolean().nullish() });
const result = z.object({
  custom_id: z.string(),
  result: z.object({ type: z.string(), message: z.unknown().optional(), error: z.unknown().optional() }),
});

function listed({ id, created_at: at, processing_status, request_counts: counts }: z.infer<typeof batch>) {
  const done = counts.succeeded + counts.errored + counts.canceled + counts.expired;
  const ended = processing_status === "ended";
  return {
    key: null,
    createdAt: new Date(at ?? 0),
    requests: done + counts.processing,
    state: {
      id,
      state: ended ? "ended" : "waiting",
      done,
      error: null,
      // The address that the batch names is the same at its own host; the key goes to ours alone.
      results: ended ? [`${pathOf(id)}/results`] : [],
      kept: [pathOf(id)],
    },
  } satisfies ListedBatch;
}

/** The status that a call would have had, by the type of its error. */
const STATUS: Record<string, number> = {
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
};
const typed = z.object({ error: z.object({ type: z.string() }) });

function failed(id: string, error: unknown, apiKey: string | null): ResultLine {
  const type = typed.safeParse(error).data?.error.type ?? "";
  const status = STATUS[type] ?? 400;
  return { id, error: readFailure({ status, headers: {}, body: JSON.stringify(error ?? {}), apiKey }) };
}
