import http from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { type BatchEndpoints, createBatchEndpoints } from "./batch-endpoints";
import { type ChatRequest, type Completion, isChatRequest, plain, present } from "./completion";
import type { DoubleCall, Fault } from "./faults";
import { type SeededAnswer, type SeededSettings, seededAnswer } from "./seeded-answer";

export type LlmDoubleOptions = SeededSettings & {
  /** What goes wrong with a call; null: nothing. */
  fault?: (call: DoubleCall) => Fault | null;
  /** Keys that open the door; default: any. */
  acceptKey?: (key: string | null) => boolean;
  port?: number;
};

/** What a completion said, as its receiver must find it. */
export type SentCompletion = { prompt: string; text: string; usage: SeededAnswer["usage"] | null };

/** A provider of OpenAI's chat completions for tests. */
export type LlmDouble = {
  /** Ends in `/v1`. */
  url: string;
  /** Every call that arrived, in order, also those that went wrong. */
  calls: DoubleCall[];
  /** Every well-formed completion that was sent to its last byte. */
  completions: SentCompletion[];
  countOf(prompt: string): number;
  /** Changes what goes wrong from now on. */
  setFault(fault: LlmDoubleOptions["fault"]): void;
  /** The most calls that were under way at once. */
  mostAtOnce(): number;
  /** Its files and batches. Each request in a batch is among the calls, too. */
  batches: Pick<BatchEndpoints, "made" | "requests" | "files" | "behave">;
  close(): Promise<void>;
};

/** Starts the double on a port of loopback; any free one by default. */
export async function startLlmDouble(options: LlmDoubleOptions): Promise<LlmDouble> {
  const calls: DoubleCall[] = [];
  const completions: SentCompletion[] = [];
  const counts = new Map<string, number>();
  let { fault } = options;
  let atOnce = 0;
  let most = 0;
  const server = http.createServer((request, response) => {
    atOnce += 1;
    most = Math.max(most, atOnce);
    response.once("close", () => {
      atOnce -= 1;
    });
    answer(request, response).catch((error: unknown) =>
      response.destroy(error instanceof Error ? error : undefined),
    );
  });

  async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const text = await readAll(request);
    if (/^\/v1\/(?:files|batches)\b/.test(request.url ?? "")) return batches.answer(request, response, text);
    const body: unknown = JSON.parse(text || "{}");
    if (request.url === "/v1/models") return send(response, 200, { object: "list", data: [] });
    if (request.url !== "/v1/chat/completions" || !isChatRequest(body))
      return send(response, 404, { error: { message: "Unknown request", code: "unknown_url" } });
    const authorization = request.headers.authorization ?? null;
    const call = noteCall(body, authorization);
    const key = authorization?.replace(/^Bearer /, "") ?? null;
    if (options.acceptKey && !options.acceptKey(key))
      return send(response, 401, {
        error: { message: "Incorrect API key provided", code: "invalid_api_key" },
      });
    await perform(response, body, fault?.(call) ?? null, options, ({ text, refusal, usage }) =>
      response.once("finish", () => {
        completions.push({ prompt: call.prompt, text: text || (refusal ?? ""), usage });
      }),
    );
  }

  function noteCall({ model, messages }: ChatRequest, authorization: string | null): DoubleCall {
    const prompt = messages.at(-1)?.content ?? "";
    const numberOfPrompt = (counts.get(prompt) ?? 0) + 1;
    counts.set(prompt, numberOfPrompt);
    const call = { model, messages, prompt, number: calls.length + 1, numberOfPrompt, authorization };
    calls.push(call);
    return call;
  }

  const batches = createBatchEndpoints((request, authorization) => {
    noteCall(request, authorization);
    return present(request, plain(seededAnswer(request, options), request));
  });

  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    calls,
    completions,
    countOf: (prompt) => counts.get(prompt) ?? 0,
    setFault: (next) => {
      fault = next;
    },
    mostAtOnce: () => most,
    batches,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function perform(
  response: http.ServerResponse,
  request: ChatRequest,
  fault: Fault | null,
  settings: SeededSettings,
  onCompletion: (completion: Completion) => void,
): Promise<void> {
  const seeded = seededAnswer(request, settings);
  const completion = (changed: Partial<Completion> = {}) => {
    const whole = { ...plain(seeded, request), ...changed };
    onCompletion(whole);
    return present(request, whole);
  };
  switch (fault?.kind) {
    case undefined:
      return send(response, 200, completion());
    case "status": {
      if (fault.retryAfter !== undefined) response.setHeader("retry-after", fault.retryAfter);
      for (const [name, value] of Object.entries(fault.headers ?? {})) response.setHeader(name, value);
      return send(response, fault.status, {
        error: { message: `status ${fault.status}`, code: fault.code ?? null },
      });
    }
    case "silence":
      return;
    case "drop": {
      response.writeHead(200, { "content-type": "application/json", "content-length": "5000" });
      response.write('{"choices":[');
      await delay(5);
      return void response.destroy();
    }
    case "drip":
      return drip(response, JSON.stringify(completion()), fault.everyMs);
    case "malformed-json":
      return sendText(response, 200, '{"choices": [{"message": {"content": "Sent');
    case "redirect":
      response.setHeader("location", fault.location);
      return send(response, 307, {});
    case "answer":
      return send(response, 200, completion({ text: fault.text, tokens: null }));
    case "refusal":
      return send(response, 200, completion({ text: "", refusal: "I can't help with that.", tokens: null }));
    case "fenced-json": {
      const fields = Object.fromEntries(seeded.fields.map(({ field, chosen }) => [field, chosen]));
      const text = `\`\`\`json\n${JSON.stringify(fields)}\n\`\`\``;
      return send(response, 200, completion({ text, tokens: null }));
    }
    case "no-logprobs":
      return send(response, 200, completion({ tokens: null }));
    case "no-usage":
      return send(response, 200, completion({ usage: null }));
    case "other-model":
      return send(response, 200, completion({ model: fault.model }));
    case "delay":
      await delay(fault.ms);
      return send(response, 200, completion());
    case "wait":
      await fault.until;
      return send(response, 200, completion());
  }
}

async function drip(response: http.ServerResponse, text: string, everyMs: number): Promise<void> {
  response.writeHead(200, { "content-type": "application/json" });
  for (const character of text) {
    if (response.destroyed) return;
    response.write(character);
    await delay(everyMs);
  }
  response.end();
}

const send = (response: http.ServerResponse, status: number, body: unknown): void =>
  sendText(response, status, JSON.stringify(body));

function sendText(response: http.ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
  });
  response.end(text);
}

async function readAll(request: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
