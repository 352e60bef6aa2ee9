import { z } from "zod";
import { readCallSettings, setOnly } from "../call-settings";
import { type Adapter, type Answer, systemText, userTexts } from "./adapter";
import { anthropicBatch } from "./anthropic-batch";
import { notAnAnswer } from "./not-an-answer";

const VERSION = "2023-06-01";
/** The API asks for a limit; a label needs less, a reason beside it too. */
const USUAL_LIMIT = 1024;

/** Anthropic's `POST /messages`. It gives no log-probabilities. */
export const anthropic: Adapter = {
  keyOf: "anthropic",
  ownAddress: "https://api.anthropic.com/v1",
  headers: (apiKey) => ({
    "anthropic-version": VERSION,
    ...(apiKey === null ? {} : { "x-api-key": apiKey }),
  }),
  modelsPath: "models?limit=1000",
  batchesPath: "messages/batches?limit=1",
  batch: anthropicBatch,
  names: {
    temperature: /\btemperature\b/i,
    top_p: /\btop_p\b/i,
    top_k: /\btop_k\b/i,
    max_tokens: /\bmax_tokens\b/i,
    stop: /\bstop_sequences\b/i,
    reasoning_effort: /\beffort\b/i,
    answer_schema: /\boutput_config\b(?!\.effort)|\boutput_format\b|\bjson_schema\b|\bstructured outputs?\b/i,
    system: /\bsystem\b/i,
  },
  write({ parameters, messages }) {
    const { rest, model, temperature, top_p, top_k, stop, max_tokens, ...wanted } =
      readCallSettings(parameters);
    const schema = wanted.answer_schema?.schema;
    const output = setOnly({
      effort: wanted.reasoning_effort,
      format: schema && { type: "json_schema", schema },
    });
    const body = setOnly({
      ...rest,
      model,
      temperature,
      top_p,
      top_k,
      max_tokens: max_tokens ?? USUAL_LIMIT,
      stop_sequences: stop,
      output_config: Object.keys(output).length === 0 ? undefined : output,
      system: systemText(messages),
      messages: userTexts(messages).map((content) => ({ role: "user", content })),
    });
    return { path: "messages", body };
  },
  read: readMessage,
};

const count = z.number().int().nullish();
const message = z.object({
  type: z.literal("message"),
  content: z.array(z.object({ type: z.string(), text: z.string().optional() })),
  stop_reason: z.string().nullish(),
  model: z.string().nullish().catch(null),
  usage: z
    .object({
      input_tokens: z.number().int(),
      output_tokens: z.number().int(),
      cache_creation_input_tokens: count,
      cache_read_input_tokens: count,
    })
    .nullish()
    .catch(null),
});

/** Why it ended, in the words of chat completions. */
const ENDS: Record<string, string> = {
  end_turn: "stop",
  stop_sequence: "stop",
  max_tokens: "length",
  model_context_window_exceeded: "length",
  tool_use: "tool_calls",
  refusal: "content_filter",
};

function readMessage(body: unknown, apiKey: string | null): Answer {
  const parsed = message.safeParse(body);
  if (!parsed.success) throw notAnAnswer(body, "message", apiKey);
  const { content, stop_reason: reason, usage, model } = parsed.data;
  const text = content.flatMap((block) => (block.type === "text" ? [block.text ?? ""] : [])).join("");
  const refused = reason === "refusal";
  return {
    // What was written before the refusal is no answer.
    text: refused ? "" : text,
    tokens: null,
    finishReason: reason ? (ENDS[reason] ?? reason) : null,
    refusal: refused ? text || "The model refused to answer." : null,
    usage: usage ? { prompt: promptTokens(usage), completion: usage.output_tokens } : null,
    servedModel: model ?? null,
  };
}

/** Those read from or written to its cache are counted apart. */
const promptTokens = (usage: NonNullable<z.infer<typeof message>["usage"]>): number =>
  usage.input_tokens + (usage.cache_creation_input_tokens ?? 0) + (usage.cache_read_input_tokens ?? 0);
