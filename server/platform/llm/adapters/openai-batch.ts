import { z } from "zod";
import { readFailure } from "../http/read-failure";
import { LlmError } from "../port";
import type { BatchTranslation, ListedBatch } from "./batch-translation";
import { notAnAnswer } from "./not-an-answer";

/** Under which name the batch's metadata has our key. */
const KEY = "tandem_batch";
const LISTED = 100;

/**
 * `POST /files` with the purpose `batch`, then `POST /batches`: at OpenAI, and at whoever speaks like it. Results are
 * two files, of answers and of errors.
 */
export const openaiBatch: BatchTranslation = {
  limits: { requests: 50_000, bytes: 200 * 1024 * 1024 },
  write: (custom_id, { path, body }) =>
    JSON.stringify({ custom_id, method: "POST", url: endpointOf(path), body }),
  upload: {
    write: ({ key, items }) => {
      const boundary = `tandem-${key}`;
      const before = [
        `--${boundary}`,
        'content-disposition: form-data; name="purpose"',
        "",
        "batch",
        `--${boundary}`,
        `content-disposition: form-data; name="file"; filename="tandem-${key}.jsonl"`,
        "content-type: application/jsonl",
        "",
        "",
      ].join("\r\n");
      const lines = items.map(({ text }) => `${text}\n`);
      return {
        method: "POST",
        path: "files",
        upload: {
          type: `multipart/form-data; boundary=${boundary}`,
          bytes: Buffer.from([before, ...lines, `\r\n--${boundary}--\r\n`].join(""), "utf8"),
        },
      };
    },
    read: (body) => {
      const file = z.object({ id: z.string().min(1) }).safeParse(body);
      if (!file.success) throw new LlmError("provider_error", "The provider's answer is not a file.");
      return file.data.id;
    },
  },
  create: ({ key, items }, fileId) => ({
    method: "POST",
    path: "batches",
    body: {
      input_file_id: fileId,
      endpoint: endpointOf(items[0]?.path ?? ""),
      completion_window: "24h",
      metadata: { [KEY]: key },
    },
  }),
  get: (id) => ({ method: "GET", path: `batches/${encodeURIComponent(id)}` }),
  cancel: (id) => ({ method: "POST", path: `batches/${encodeURIComponent(id)}/cancel`, body: {} }),
  read: (body, apiKey) => {
    const parsed = batch.safeParse(body);
    if (!parsed.success) throw notAnAnswer(body, "batch", apiKey);
    return listed(parsed.data, apiKey).state;
  },
  list: (after) => ({
    method: "GET",
    path: `batches?limit=${LISTED}${after === null ? "" : `&after=${encodeURIComponent(after)}`}`,
  }),
  readList: (body, apiKey) => {
    const parsed = page.safeParse(body);
    if (!parsed.success) throw notAnAnswer(body, "list of batches", apiKey);
    const { data, has_more: more } = parsed.data;
    return {
      batches: data.map((one) => listed(one, apiKey)),
      after: more ? (data.at(-1)?.id ?? null) : null,
    };
  },
  readResult: (line, apiKey) => {
    const parsed = result.safeParse(line);
    if (!parsed.success) return null;
    const { custom_id: id, response, error } = parsed.data;
    const left = LEFT[error?.code ?? ""];
    if (left) return { id, left };
    if (error?.code === "request_timeout")
      return { id, error: new LlmError("timeout", "The model did not answer in time.") };
    if (!response || response.status_code < 200 || response.status_code > 299) {
      const status = response?.status_code ?? 500;
      const said = JSON.stringify(response?.body ?? { error });
      return { id, error: readFailure({ status, headers: {}, body: said, apiKey }) };
    }
    return { id, body: response.body };
  },
};

const endpointOf = (path: string): string => `/v1/${path}`;

const count = z.number().int().default(0);
const batch = z.object({
  id: z.string().min(1),
  status: z.string(),
  created_at: z.number().default(0),
  input_file_id: z.string().nullish(),
  output_file_id: z.string().nullish(),
  error_file_id: z.string().nullish(),
  errors: z
    .object({
      data: z.array(z.object({ code: z.string().nullish(), message: z.string().nullish() })).nullish(),
    })
    .nullish()
    .catch(null),
  request_counts: z.object({ total: count, completed: count, failed: count }).nullish().catch(null),
  metadata: z.record(z.string(), z.unknown()).nullish().catch(null),
});
const page = z.object({ data: z.array(batch), has_more: z.boolean().nullish() });
const result = z.object({
  custom_id: z.string(),
  response: z.object({ status_code: z.number().int(), body: z.unknown().optional() }).nullish(),
  error: z.object({ code: z.string().nullish(), message: z.string().nullish() }).nullish(),
});

const STATES: Record<string, "ended" | "refused"> = {
  completed: "ended",
  expired: "ended",
  cancelled: "ended",
  failed: "refused",
};
const LEFT: Record<string, "expired" | "cancelled"> = {
  batch_expired: "expired",
  batch_cancelled: "cancelled",
};
/** More is waiting than the account may have waiting: the same batch may be taken later. */
const FULL = /^token_limit_exceeded$|_limit_exceeded$/;

function listed(one: z.infer<typeof batch>, apiKey: string | null): ListedBatch {
  const { id, request_counts: counts, metadata } = one;
  const results = [one.output_file_id, one.error_file_id].filter((file) => typeof file === "string");
  const files = [one.input_file_id, ...results].filter((file) => typeof file === "string");
  const state = STATES[one.status] ?? "waiting";
  const key = metadata?.[KEY];
  return {
    key: typeof key === "string" ? key : "",
    createdAt: new Date(one.created_at * 1000),
    requests: counts?.total ?? 0,
    state: {
      id,
      state,
      done: (counts?.completed ?? 0) + (counts?.failed ?? 0),
      error: state === "refused" ? refusal(one, apiKey) : null,
      results: results.map((file) => `files/${encodeURIComponent(file)}/content`),
      kept: files.map((file) => `files/${encodeURIComponent(file)}`),
    },
  };
}

function refusal({ errors }: z.infer<typeof batch>, apiKey: string | null): LlmError {
  const error = errors?.data?.[0] ?? { message: "The batch failed without a reason." };
  const said = readFailure({ status: 400, headers: {}, body: JSON.stringify({ error }), apiKey });
  return FULL.test(error.code ?? "") ? new LlmError("rate_limited", said.message) : said;
}
