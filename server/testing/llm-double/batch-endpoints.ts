import type http from "node:http";
import { z } from "zod";
import { type ChatRequest, isChatRequest } from "./completion";

type BatchStep = "upload" | "create" | "list" | "look" | "cancel" | "output" | "errors" | "delete";

/** What a batch does unlike one that goes well. */
type BatchBehaviour = {
  /** False: batches go on until it is true. */
  ready: boolean;
  /** Answers a request otherwise, or not at all. */
  step: (step: BatchStep, number: number) => { status: number; retryAfter?: string } | "silence" | null;
  /** The answer to a `create` waits for this, before the batch is made or after. */
  beforeCreate: Promise<void> | null;
  afterCreate: Promise<void> | null;
  /** The batch fails its validation with this code. */
  refuse: string | null;
  /** What becomes of a request in place of an answer. @param time 1 when it is asked for the first time */
  item: (prompt: string, time: number) => "errored" | "expired" | "missing" | "no-usage" | null;
  /** Stand among the results. */
  extraLines: readonly string[];
  /** So many lines of results are sent, and the rest when it resolves. */
  pause: { lines: number; until: Promise<void> } | null;
};

type Line = { custom_id: string; body: ChatRequest };
type DoubleBatch = {
  id: string;
  status: "in_progress" | "completed" | "expired" | "cancelled" | "failed";
  metadata: Record<string, string>;
  lines: readonly Line[];
  inputFile: string;
  createdAt: number;
  code: string | null;
};

export type BatchEndpoints = {
  /** Every batch that was made, in order. */
  made: DoubleBatch[];
  /** How often each step was asked for. */
  requests: Map<BatchStep, number>;
  /** What is kept, by id. */
  files: Map<string, string>;
  behave(change: Partial<BatchBehaviour>): void;
  answer(request: http.IncomingMessage, response: http.ServerResponse, body: string): Promise<void>;
};

const inputLine = z.strictObject({
  custom_id: z.string().regex(/^[\w-]{1,64}$/),
  method: z.literal("POST"),
  url: z.literal("/v1/chat/completions"),
  body: z.custom<ChatRequest>(isChatRequest),
});
const createBody = z.strictObject({
  input_file_id: z.string(),
  endpoint: z.literal("/v1/chat/completions"),
  completion_window: z.literal("24h"),
  metadata: z.record(z.string(), z.string().max(512)),
});

const goodBehaviour: BatchBehaviour = {
  ready: true,
  step: () => null,
  beforeCreate: null,
  afterCreate: null,
  refuse: null,
  item: () => null,
  extraLines: [],
  pause: null,
};

/**
 * OpenAI's files and batches (platform.openai.com/docs/api-reference/batch). Results stand in another order than the
 * requests.
 * @param complete the completion to one request
 */
export function createBatchEndpoints(
  complete: (request: ChatRequest, authorization: string | null) => unknown,
): BatchEndpoints {
  let behaviour = goodBehaviour;
  const made: DoubleBatch[] = [];
  const requests = new Map<BatchStep, number>();
  const files = new Map<string, string>();
  const times = new Map<string, number>();

  function upload(request: http.IncomingMessage, body: string) {
    const boundary = /boundary=(\S+)/.exec(request.headers["content-type"] ?? "")?.[1] ?? "";
    const parts = body.split(`--${boundary}`);
    if (!parts.some((part) => /name="purpose"\r\n\r\nbatch\r\n/.test(part)))
      return bad("purpose must be batch");
    const file = parts.find((part) => part.includes('name="file"'));
    const text = file?.slice(file.indexOf("\r\n\r\n") + 4, -2) ?? "";
    return { id: keep(text), object: "file", bytes: text.length, purpose: "batch" };
  }

  function keep(text: string): string {
    const id = `file-${files.size + 1}-${made.length}`;
    files.set(id, text);
    return id;
  }

  function create(body: string) {
    const given = createBody.safeParse(JSON.parse(body));
    const input = given.success ? files.get(given.data.input_file_id) : undefined;
    if (!given.success || input === undefined) return bad("the batch is malformed");
    const lines = input
      .trim()
      .split("\n")
      .map((line) => inputLine.parse(JSON.parse(line)));
    const batch: DoubleBatch = {
      id: `batch_${made.length + 1}`,
      status: behaviour.refuse === null ? "in_progress" : "failed",
      code: behaviour.refuse,
      metadata: given.data.metadata,
      inputFile: given.data.input_file_id,
      createdAt: Math.floor(Date.now() / 1000),
      lines,
    };
    made.push(batch);
    return { ...shown(batch), status: "validating" };
  }

  /** A batch as it is now; what is ready is completed by the look. */
  function shown(batch: DoubleBatch) {
    const { id, metadata, lines, inputFile, createdAt, code } = batch;
    const ended = batch.status !== "in_progress" && batch.status !== "failed";
    const count = (name: string) => files.get(name)?.trim().split("\n").filter(Boolean).length ?? 0;
    return {
      id,
      object: "batch",
      endpoint: "/v1/chat/completions",
      status: batch.status,
      input_file_id: inputFile,
      created_at: createdAt,
      metadata,
      output_file_id: ended && count(`${id}-output`) > 0 ? `${id}-output` : null,
      error_file_id: ended && count(`${id}-errors`) > 0 ? `${id}-errors` : null,
      errors: code ? { object: "list", data: [{ code, message: `refused: ${code}`, line: null }] } : null,
      request_counts: {
        total: lines.length,
        completed: count(`${id}-output`),
        failed: ended ? count(`${id}-errors`) : 0,
      },
    };
  }

  function finish(batch: DoubleBatch, authorization: string | null): void {
    const output: string[] = [];
    const errors: string[] = [];
    for (const { custom_id, body } of [...batch.lines].reverse()) {
      const prompt = body.messages.at(-1)?.content ?? "";
      const time = (times.get(prompt) ?? 0) + 1;
      times.set(prompt, time);
      const became = behaviour.item(prompt, time);
      const line = { id: `r-${custom_id}`, custom_id, response: null, error: null };
      const answer = complete(body, authorization);
      if (became === "missing") continue;
      if (became === "expired")
        errors.push(JSON.stringify({ ...line, error: { code: "batch_expired", message: "expired" } }));
      else if (became === "errored") {
        const error = { message: "the server had an error", code: "server_error" };
        errors.push(JSON.stringify({ ...line, response: { status_code: 500, body: { error } } }));
      } else {
        const said = became === "no-usage" ? { ...Object(answer), usage: undefined } : answer;
        output.push(JSON.stringify({ ...line, response: { status_code: 200, request_id: "q", body: said } }));
      }
    }
    output.splice(1, 0, ...behaviour.extraLines);
    if (output.length > 0) files.set(`${batch.id}-output`, output.join("\n"));
    if (errors.length > 0) files.set(`${batch.id}-errors`, errors.join("\n"));
    batch.status = "completed";
  }

  function cancel(batch: DoubleBatch): void {
    const line = (custom_id: string) =>
      JSON.stringify({ custom_id, response: null, error: { code: "batch_cancelled", message: "cancelled" } });
    if (batch.status !== "in_progress") return;
    files.set(`${batch.id}-errors`, batch.lines.map(({ custom_id }) => line(custom_id)).join("\n"));
    batch.status = "cancelled";
  }

  async function sendLines(response: http.ServerResponse, text: string): Promise<void> {
    const lines = text.split("\n");
    response.writeHead(200, { "content-type": "application/jsonl" });
    const { pause } = behaviour;
    if (pause) {
      response.write(`${lines.splice(0, pause.lines).join("\n")}\n`);
      await pause.until;
    }
    response.end(lines.join("\n"));
  }

  async function perform(
    step: BatchStep,
    request: http.IncomingMessage,
    response: http.ServerResponse,
    body: string,
  ) {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://double");
    const [, , , id = ""] = pathname.split("/");
    const authorization = request.headers.authorization ?? null;
    if (step === "upload") return reply(response, upload(request, body));
    if (step === "create") {
      await behaviour.beforeCreate;
      const batch = create(body);
      await behaviour.afterCreate;
      return reply(response, batch);
    }
    if (step === "list") {
      const newest = [...made].reverse();
      const after = newest.findIndex((batch) => batch.id === searchParams.get("after")) + 1;
      const limit = Number(searchParams.get("limit") ?? 20);
      const data = newest.slice(after, after + limit).map(shown);
      return json(response, { object: "list", data, has_more: newest.length > after + limit });
    }
    if (step === "delete") return json(response, { id, object: "file", deleted: files.delete(id) });
    if (step === "output" || step === "errors") {
      const text = files.get(id);
      return text === undefined ? json(response, bad("no such file"), 404) : sendLines(response, text);
    }
    const batch = made.find((one) => one.id === id);
    if (!batch) return json(response, bad("No batch found"), 404);
    if (step === "cancel") cancel(batch);
    else if (batch.status === "in_progress" && behaviour.ready) finish(batch, authorization);
    return json(response, shown(batch));
  }

  return {
    made,
    requests,
    files,
    behave(change) {
      behaviour = { ...behaviour, ...change };
    },
    async answer(request, response, body) {
      const step = stepOf(request);
      const number = (requests.get(step) ?? 0) + 1;
      requests.set(step, number);
      const otherwise = behaviour.step(step, number);
      if (otherwise === "silence") return;
      if (otherwise === null) return perform(step, request, response, body);
      if (otherwise.retryAfter) response.setHeader("retry-after", otherwise.retryAfter);
      json(response, bad(`status ${otherwise.status}`), otherwise.status);
    },
  };
}

function stepOf({ method, url = "" }: http.IncomingMessage): BatchStep {
  if (method === "DELETE") return "delete";
  if (/^\/v1\/files\/[^/]+-errors\/content/.test(url)) return "errors";
  if (/^\/v1\/files\/[^/]+\/content/.test(url)) return "output";
  if (url === "/v1/files") return "upload";
  if (/\/cancel$/.test(url)) return "cancel";
  if (/^\/v1\/batches\/./.test(url)) return "look";
  return method === "POST" ? "create" : "list";
}

const reply = (response: http.ServerResponse, body: object): void =>
  json(response, body, "error" in body ? 400 : 200);

const bad = (message: string) => ({ error: { message, code: null } });

function json(response: http.ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
