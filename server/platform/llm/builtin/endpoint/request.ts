import { z } from "zod";

const textPart = z.object({ type: z.literal("text"), text: z.string() });
const content = z.union([z.string(), z.array(textPart)]).nullish();
const optionalNumber = (low: number, high: number) => z.number().min(low).max(high).nullish();
const tokenLimit = z.number().int().min(1).nullish();

/**
 * The body of `POST /v1/chat/completions` as far as the model heeds it. Other fields are ignored, as penalties
 * would change nothing; what would change the answer and isn't built is refused.
 */
export const chatRequest = z
  .object({
    model: z.string(),
    messages: z
      .array(
        z.object({
          role: z.enum(["system", "developer", "user", "assistant"]),
          content: content.transform((given) =>
            typeof given === "string" ? given : (given ?? []).map(({ text }) => text).join("\n"),
          ),
        }),
      )
      .min(1),
    temperature: optionalNumber(0, 2),
    top_p: optionalNumber(0, 1),
    n: z.number().int().min(1).max(20).nullish(),
    seed: z.number().int().nullish(),
    max_tokens: tokenLimit,
    max_completion_tokens: tokenLimit,
    stop: z.union([z.string().min(1), z.array(z.string().min(1)).max(4)]).nullish(),
    logprobs: z.boolean().nullish(),
    top_logprobs: z.number().int().min(0).max(20).nullish(),
    response_format: z.object({ type: z.enum(["text", "json_object", "json_schema"]) }).nullish(),
    stream: z.literal(false, "streaming is not supported by this model").nullish(),
    tools: z.array(z.unknown()).max(0, "tools are not supported by this model").nullish(),
  })
  .refine((body) => !body.top_logprobs || body.logprobs === true, {
    path: ["top_logprobs"],
    message: "needs logprobs to be true",
  });

export type ChatRequest = z.infer<typeof chatRequest>;

/** The body of `POST /v1/embeddings`. */
export const embeddingRequest = z.object({
  model: z.string(),
  input: z
    .union([z.string(), z.array(z.string()).min(1).max(2048)])
    .transform((given) => (typeof given === "string" ? [given] : given)),
  encoding_format: z.literal("float", "only float is supported by this model").nullish(),
  dimensions: z.null("can't be chosen for this model").optional(),
});

export type EmbeddingRequest = z.infer<typeof embeddingRequest>;
