import { z } from "zod";
import { openaiApi } from "../adapters/openai-api";
import type { Exchange } from "../http/exchange";
import { type EmbeddingRequest, type LlmEmbeddings, LlmError } from "../port";
import { headersFor, type Target } from "../target";

const answer = z.object({
  data: z.array(z.object({ index: z.number().int(), embedding: z.array(z.number()).min(1) })),
  model: z.string().nullish(),
  usage: z.object({ prompt_tokens: z.number().int().min(0) }).nullish(),
});

/** One call of `POST /embeddings`, at OpenAI or anything that speaks like it; vectors in the order of the texts. */
export type EmbedTexts = (
  request: EmbeddingRequest,
  target: Target,
  signal: AbortSignal,
) => Promise<LlmEmbeddings>;

export function createEmbedTexts(exchange: Exchange): EmbedTexts {
  return async ({ model, texts, timeoutMs }, target, signal) => {
    const call = {
      method: "POST" as const,
      path: "embeddings",
      headers: headersFor(openaiApi, target),
      body: { model, input: texts, encoding_format: "float" },
      timeoutMs,
      client: "openai" as const,
    };
    const parsed = answer.safeParse((await exchange(call, target, signal)).body);
    if (!parsed.success)
      throw new LlmError("provider_error", "The provider's answer holds no embeddings.", null, 200);
    const { data, model: servedModel, usage } = parsed.data;
    const byIndex = new Map(data.map(({ index, embedding }) => [index, embedding]));
    const vectors = texts.map((_, index) => byIndex.get(index));
    const [first] = vectors;
    if (!vectors.every((vector) => vector !== undefined && vector.length === first?.length))
      throw new LlmError(
        "provider_error",
        "The provider answered with vectors missing or of several lengths.",
      );
    return {
      vectors: vectors.flatMap((vector) => (vector ? [vector] : [])),
      servedModel: servedModel ?? null,
      promptTokens: usage?.prompt_tokens ?? null,
    };
  };
}
