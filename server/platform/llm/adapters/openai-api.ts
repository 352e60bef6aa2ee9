import type { Adapter } from "./adapter";
import { openaiBatch } from "./openai-batch";

/** What OpenAI's three ways to ask have in common, and with them all servers that speak like it. */
export const openaiApi = {
  keyOf: "openai",
  ownAddress: "https://api.openai.com/v1",
  headers: (apiKey): Record<string, string> => (apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }),
  modelsPath: "models",
  batchesPath: "batches?limit=1",
  batch: openaiBatch,
  names: {
    temperature: /\btemperature\b/i,
    top_p: /\btop_p\b/i,
    top_k: /\btop_k\b/i,
    max_tokens: /\bmax_(?:completion_|output_)?tokens\b/i,
    seed: /\bseed\b/i,
    presence_penalty: /\bpresence_penalty\b/i,
    frequency_penalty: /\bfrequency_penalty\b/i,
    stop: /\bstop\b(?! reason)/i,
    reasoning_effort: /\breasoning(?:_effort|\.effort)\b/i,
    logprobs: /\blogprobs\b/i,
    // vLLM: "Requested sample logprobs of 20, which is greater than max allowed: 5"
    top_logprobs: /\btop_logprobs\b|\blogprobs of \d+\b[^.]*\bgreater\b|\bmaximum of \d+ - 'logprobs'/i,
    answer_schema: /\bresponse_format\b|\bjson_schema\b|\btext\.format\b|\bstructured outputs?\b/i,
    // "Unsupported value: 'messages[0].role' does not support 'system' with this model."
    system: /\bmessages\[0\]\.role\b|\binstructions\b|\bsystem (?:role|message|prompt)s?\b/i,
  },
} satisfies Partial<Adapter>;
