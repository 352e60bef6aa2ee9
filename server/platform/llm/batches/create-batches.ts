import type { Adapter } from "../adapters/adapter";
import type { BatchCall, BatchTranslation, ListedBatch } from "../adapters/batch-translation";
import { adapterOf } from "../adapters/registry";
import { createAddressGuard, type Resolve } from "../address/address-guard";
import { createExchange } from "../http/exchange";
import { createReadLines } from "../http/read-lines";
import { type BatchResult, type BatchSought, type LlmBatches, LlmError, type ProviderRequest } from "../port";
import { type LlmSettings, llmSettings } from "../settings";
import { headersFor, type Target, targetOf } from "../target";

/** A batch of ours is not older than its row; clocks may differ so much. */
const CLOCKS_MS = 10 * 60_000;
/** Lists are read no further than this; newer batches come first. */
const MOST_PAGES = 50;

type Place = { adapter: Adapter; batch: BatchTranslation; target: Target; timeoutMs: number };

/** The way to the batch APIs of all providers that have one. */
export function createBatches(settings: LlmSettings = llmSettings(), resolve?: Resolve): LlmBatches {
  const guard = createAddressGuard({ ...settings, ...(resolve ? { resolve } : {}) });
  const exchange = createExchange(guard);
  const readLines = createReadLines(guard);

  function placeOf(request: ProviderRequest): Place {
    const adapter = adapterOf(request);
    if (adapter.batch === null)
      throw new LlmError("bad_request", `This server hands in no batches at "${request.provider}".`);
    const { timeoutMs } = request;
    return { adapter, batch: adapter.batch, target: targetOf(adapter, request, settings), timeoutMs };
  }

  async function send(
    { adapter, target, timeoutMs }: Place,
    call: BatchCall | { method: "DELETE"; path: string },
    signal: AbortSignal,
  ) {
    signal.throwIfAborted();
    const client = adapter.keyOf === "openai" ? { client: "openai" as const } : {};
    const headers = headersFor(adapter, target);
    const { body } = await exchange(
      { ...call, headers, timeoutMs, names: adapter.names, ...client },
      target,
      signal,
    );
    return body;
  }

  async function* resultsAt(place: Place, path: string, signal: AbortSignal): AsyncGenerator<BatchResult> {
    const { adapter, batch, target, timeoutMs } = place;
    const headers = headersFor(adapter, target);
    for await (const line of readLines({ path, headers, timeoutMs }, target, signal)) {
      const result = batch.readResult(parseJson(line), target.apiKey);
      if (result) yield "body" in result ? answerOf(adapter, result, target) : result;
    }
  }

  /** Batches of a provider that may be the one, newest first. */
  async function* candidates(place: Place, { since }: BatchSought, signal: AbortSignal) {
    let after: string | null = null;
    for (let page = 0; page < MOST_PAGES; page++) {
      const body = await send(place, place.batch.list(after), signal);
      const read: { batches: ListedBatch[]; after: string | null } = place.batch.readList(
        body,
        place.target.apiKey,
      );
      for (const one of read.batches) {
        if (one.createdAt.getTime() < since.getTime() - CLOCKS_MS) return;
        yield one;
      }
      after = read.after;
      if (after === null) return;
    }
  }

  /** Whether a batch without a key is the one, by the id of any of its requests; null: it can't be told yet. */
  async function isByRequests(
    place: Place,
    { state, requests }: ListedBatch,
    sought: BatchSought,
    signal: AbortSignal,
  ): Promise<boolean | null> {
    if (requests !== sought.requests || sought.except.has(state.id)) return false;
    if (state.state === "waiting") return null;
    for (const path of state.results)
      for await (const { id } of resultsAt(place, path, signal)) return id.startsWith(sought.key);
    return false;
  }

  return {
    write(place, { id, ...request }) {
      const { adapter, batch, target } = placeOf(place);
      const call = adapter.write(request, target);
      const text = batch.write(id, call);
      return { id, text, bytes: Buffer.byteLength(text) + 1, path: call.path };
    },
    async submit(request, { key, items }, signal) {
      const place = placeOf(request);
      const { batch, target } = place;
      const handedIn = { key, items };
      const fileId =
        batch.upload === null
          ? null
          : batch.upload.read(await send(place, batch.upload.write(handedIn), signal));
      return batch.read(await send(place, batch.create(handedIn, fileId), signal), target.apiKey);
    },
    async find(request, sought, signal) {
      const place = placeOf(request);
      let unsure = false;
      for await (const one of candidates(place, sought, signal)) {
        const is = one.key === null ? await isByRequests(place, one, sought, signal) : one.key === sought.key;
        if (is) return one.state;
        unsure ||= is === null;
      }
      return unsure ? "unsure" : "none";
    },
    async look(request, id, signal) {
      const place = placeOf(request);
      try {
        return place.batch.read(await send(place, place.batch.get(id), signal), place.target.apiKey);
      } catch (error) {
        if (error instanceof LlmError && error.status === 404) return "gone";
        throw error;
      }
    },
    async cancel(request, id, signal) {
      const place = placeOf(request);
      await send(place, place.batch.cancel(id), signal);
    },
    async *results(request, { results }, signal) {
      const place = placeOf(request);
      for (const path of results) yield* resultsAt(place, path, signal);
    },
    async remove(request, { kept }, signal) {
      const place = placeOf(request);
      for (const path of kept) await send(place, { method: "DELETE", path }, signal);
    },
  };
}

function answerOf(
  adapter: Adapter,
  { id, body }: { id: string; body: unknown },
  { apiKey }: Target,
): BatchResult {
  try {
    return { id, completion: adapter.read(body, apiKey) };
  } catch (error) {
    if (error instanceof LlmError) return { id, error };
    throw error;
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // No result: its request is one that nothing was said of.
    return null;
  }
}
