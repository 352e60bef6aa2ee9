import { createBatches } from "../batches/create-batches";
import type { BatchResult, BatchState, LlmBatches } from "../port";
import { KEY } from "./ask-double";
import { type ScriptedProvider, startScriptedProvider } from "./scripted-provider";

export type AskedBatches = ScriptedProvider & {
  batches: LlmBatches;
  place: Parameters<LlmBatches["look"]>[0];
  /** The signal of all its requests. */
  signal: AbortSignal;
  /** What a batch whose results are said to be at these paths has brought. */
  resultsAt(paths: readonly string[]): Promise<BatchResult[]>;
};

/** A double of one provider's batch API, whose every answer the test writes in the provider's own words. */
export async function startAskedBatches(provider: string): Promise<AskedBatches> {
  const double = await startScriptedProvider();
  const { signal } = new AbortController();
  const batches = createBatches({
    openai: { apiKey: undefined, baseUrl: undefined, organization: undefined },
    allowedHosts: [],
    trustedOrigins: [double.origin],
  });
  const place = { provider, baseUrl: double.baseUrl, apiKey: KEY, timeoutMs: 2000 };
  return Object.assign(double, {
    batches,
    place,
    signal,
    async resultsAt(results: readonly string[]) {
      const state: BatchState = { id: "b", state: "ended", done: 0, error: null, results, kept: [] };
      const read: BatchResult[] = [];
      for await (const result of batches.results(place, state, signal)) read.push(result);
      return read;
    },
  });
}

/** A request of a batch, by its id. */
export const request = (id: string) => ({
  id,
  messages: [
    { role: "system" as const, content: "You label texts." },
    { role: "user" as const, content: `Label ${id}: $1 {} 'quotes'\n🙂` },
  ],
  parameters: { model: "model-1", max_tokens: 7 },
});
