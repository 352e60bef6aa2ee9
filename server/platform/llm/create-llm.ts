import { z } from "zod";
import { duration } from "../metrics";
import type { Adapter } from "./adapters/adapter";
import { openaiApi } from "./adapters/openai-api";
import { adapterOf } from "./adapters/registry";
import { createAddressGuard, type Resolve } from "./address/address-guard";
import { createEmbedTexts } from "./embeddings/embed-texts";
import { createExchange, type HttpCall } from "./http/exchange";
import { type Embedder, type Llm, LlmError, type ModelDirectory } from "./port";
import { type LlmSettings, llmSettings } from "./settings";
import { headersFor, targetOf } from "./target";

const seconds = duration({
  name: "tandem_llm_request_duration_seconds",
  help: "Requests for a completion, from their sending to the whole answer, by the kind of provider.",
  labels: ["provider", "outcome"],
  buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120],
});

/** Marks what asks about no record. */
const PROBE = { "x-tandem-probe": "1" };

/** The way to all providers that this server knows. */
export function createLlm(
  settings: LlmSettings = llmSettings(),
  resolve?: Resolve,
): Llm & Embedder & ModelDirectory {
  const exchange = createExchange(createAddressGuard({ ...settings, ...(resolve ? { resolve } : {}) }));
  const embedTexts = createEmbedTexts(exchange);

  /** A GET that asks about no record, for what the key opens. */
  async function look(
    request: Parameters<ModelDirectory["listModels"]>[0],
    pathOf: (adapter: Adapter) => string | null,
    signal: AbortSignal,
  ): Promise<unknown> {
    const adapter = adapterOf(request);
    const path = pathOf(adapter);
    if (path === null) return null;
    const target = targetOf(adapter, request, settings);
    const headers = { ...headersFor(adapter, target), ...PROBE };
    const { timeoutMs } = request;
    const call: HttpCall = { method: "GET", path, headers, timeoutMs, ...clientOf(adapter) };
    return exchange(call, target, signal).then(
      ({ body }) => body,
      (error: unknown) => {
        if (error instanceof LlmError && NO_SUCH_THING.has(error.status ?? 0)) return null;
        throw error;
      },
    );
  }

  return {
    complete: async (request, signal) => {
      signal.throwIfAborted();
      const adapter = adapterOf(request);
      const target = targetOf(adapter, request, settings);
      const startedAt = performance.now();
      const call: HttpCall = {
        method: "POST",
        ...adapter.write(request, target),
        headers: { ...headersFor(adapter, target), ...(request.probe ? PROBE : {}) },
        timeoutMs: request.timeoutMs,
        names: adapter.names,
        ...clientOf(adapter),
      };
      try {
        const { body, rate } = await exchange(call, target, signal);
        const answer = adapter.read(body, target.apiKey);
        const latencyMs = performance.now() - startedAt;
        seconds().observe({ provider: request.provider, outcome: "answered" }, latencyMs / 1000);
        return { ...answer, rate, latencyMs: Math.round(latencyMs) };
      } catch (error) {
        const outcome = error instanceof LlmError ? error.kind : "broken_off";
        seconds().observe({ provider: request.provider, outcome }, (performance.now() - startedAt) / 1000);
        throw error;
      }
    },
    embed: async (request, signal) => {
      signal.throwIfAborted();
      return embedTexts(request, targetOf(openaiApi, request, settings), signal);
    },
    listModels: async (request, signal) => {
      const body = await look(request, ({ modelsPath }) => modelsPath, signal);
      const parsed = modelList.safeParse(body);
      return parsed.success ? parsed.data : null;
    },
    takesBatches: async (request, signal) =>
      (await look(request, ({ batchesPath }) => batchesPath, signal)) !== null,
  };
}

/** What a server answers that lacks a list. */
const NO_SUCH_THING = new Set([404, 405, 501]);

/** OpenAI and Anthropic list `data`, Google `models` by their full names. */
const modelList = z.union([
  z.object({ data: z.array(z.object({ id: z.string() })) }).transform(({ data }) => data.map(({ id }) => id)),
  z
    .object({ models: z.array(z.object({ name: z.string() })) })
    .transform(({ models }) => models.map(({ name }) => name.replace(/^models\//, ""))),
]);

/** OpenAI and whoever speaks like it are called by OpenAI's own client. */
const clientOf = ({ keyOf }: Adapter): Pick<HttpCall, "client"> =>
  keyOf === "openai" ? { client: "openai" } : {};
