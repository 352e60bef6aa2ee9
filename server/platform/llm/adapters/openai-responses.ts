import { z } from "zod";
import { readCallSettings, setOnly } from "../call-settings";
import { LlmError } from "../port";
import { type Adapter, type Answer, systemText, userTexts } from "./adapter";
import { chatTokens, readChatTokens } from "./chat-tokens";
import { notAnAnswer } from "./not-an-answer";
import { openaiApi } from "./openai-api";

/** `POST /responses`, OpenAI's newer API. Nothing is kept there: records are the team's. */
export const openaiResponses: Adapter = {
  ...openaiApi,
  write({ parameters, messages }) {
    const { rest, answer_schema, reasoning_effort, max_tokens, top_logprobs, ...settings } =
      readCallSettings(parameters);
    const format = answer_schema && { type: "json_schema", strict: true, ...answer_schema };
    const body = setOnly({
      store: false,
      ...settings,
      max_output_tokens: max_tokens,
      top_logprobs,
      include: top_logprobs === undefined ? undefined : ["message.output_text.logprobs"],
      text: format && { format },
      reasoning: reasoning_effort === undefined ? undefined : { effort: reasoning_effort },
      ...rest,
      instructions: systemText(messages),
      input: userTexts(messages).map((content) => ({ role: "user", content })),
    });
    return { path: "responses", body };
  },
  read: readResponse,
};

const part = z.union([
  z.object({
    type: z.literal("output_text"),
    text: z.string(),
    logprobs: chatTokens.nullish().catch(null),
  }),
  z.object({ type: z.literal("refusal"), refusal: z.string() }),
  z.object({ type: z.string() }),
]);
const item = z.object({ type: z.string(), content: z.array(part).nullish().catch(null) });
const response = z.object({
  status: z.string(),
  error: z.object({ code: z.string().nullish(), message: z.string().nullish() }).nullish(),
  incomplete_details: z.object({ reason: z.string().nullish() }).nullish(),
  output: z.array(item),
  usage: z.object({ input_tokens: z.number().int(), output_tokens: z.number().int() }).nullish().catch(null),
  model: z.string().nullish().catch(null),
});

/** Why it ended, in the words of chat completions. */
const ENDS: Record<string, string> = { max_output_tokens: "length", content_filter: "content_filter" };

function readResponse(body: unknown, apiKey: string | null): Answer {
  const parsed = response.safeParse(body);
  if (!parsed.success) throw notAnAnswer(body, "response", apiKey);
  const { status, error, incomplete_details: incomplete, output, usage, model } = parsed.data;
  if (status === "failed" || status === "cancelled") throw failed(error, body, apiKey);
  const parts = output.filter(({ type }) => type === "message").flatMap(({ content }) => content ?? []);
  const texts = parts.flatMap((one) => ("text" in one ? [one] : []));
  const refusals = parts.flatMap((one) => ("refusal" in one ? [one.refusal] : []));
  const tokens = texts.flatMap(({ logprobs }) => readChatTokens(logprobs ?? []));
  const called = output.some(({ type }) => type.endsWith("_call"));
  const reason = incomplete?.reason ?? null;
  return {
    text: texts.map(({ text }) => text).join(""),
    tokens: tokens.length === 0 ? null : tokens,
    finishReason:
      reason === null ? (called && texts.length === 0 ? "tool_calls" : "stop") : (ENDS[reason] ?? reason),
    refusal: refusals.length === 0 ? null : refusals.join("\n"),
    usage: usage ? { prompt: usage.input_tokens, completion: usage.output_tokens } : null,
    servedModel: model ?? null,
  };
}

/** A response that failed after it was taken on comes with status 200. */
function failed(error: z.infer<typeof response>["error"], body: unknown, apiKey: string | null): LlmError {
  if (error?.code === "rate_limit_exceeded")
    return new LlmError("rate_limited", "The provider's limit is reached.");
  return error
    ? notAnAnswer(body, "response", apiKey)
    : new LlmError("provider_error", "The response failed.");
}
