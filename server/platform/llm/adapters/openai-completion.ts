import { z } from "zod";
import { readCallSettings, setOnly } from "../call-settings";
import type { LlmToken } from "../port";
import type { Adapter, Answer } from "./adapter";
import { chatTokens, readChatTokens } from "./chat-tokens";
import { notAnAnswer } from "./not-an-answer";
import { openaiApi } from "./openai-api";

/** The API's own default of 16 cuts most answers short. */
const USUAL_LIMIT = 256;
/** More alternatives than these are refused. */
const MOST_ALTERNATIVES = 5;

/**
 * `POST /completions`, OpenAI's legacy API and that of base models elsewhere: one text that the model goes on from.
 * It has no form of answer and no system message: the system text stands first.
 */
export const openaiCompletion: Adapter = {
  ...openaiApi,
  write({ parameters, messages }) {
    const {
      rest,
      answer_schema: _none,
      reasoning_effort: _neither,
      top_logprobs,
      ...settings
    } = readCallSettings(parameters);
    const body = setOnly({
      ...rest,
      ...settings,
      max_tokens: settings.max_tokens ?? USUAL_LIMIT,
      logprobs: top_logprobs === undefined ? undefined : Math.min(top_logprobs, MOST_ALTERNATIVES),
      prompt: messages.map(({ content }) => content).join("\n\n"),
    });
    return { path: "completions", body };
  },
  read: readTextCompletion,
};

const legacyTokens = z.object({
  tokens: z.array(z.string()),
  token_logprobs: z.array(z.number().nullable()),
  top_logprobs: z.array(z.record(z.string(), z.number()).nullable()).nullish(),
});
/** llama.cpp writes them as in chat completions. */
const newerTokens = z.object({ content: chatTokens });

const completion = z.object({
  choices: z
    .array(
      z.object({
        text: z.string(),
        finish_reason: z.string().nullish(),
        logprobs: z.union([legacyTokens, newerTokens]).nullish().catch(null),
      }),
    )
    .min(1),
  usage: z
    .object({ prompt_tokens: z.number().int(), completion_tokens: z.number().int() })
    .nullish()
    .catch(null),
  model: z.string().nullish().catch(null),
});

function readTextCompletion(body: unknown, apiKey: string | null): Answer {
  const parsed = completion.safeParse(body);
  if (!parsed.success) throw notAnAnswer(body, "text completion", apiKey);
  const [first] = parsed.data.choices;
  const { usage, model } = parsed.data;
  return {
    text: first?.text ?? "",
    tokens: first?.logprobs ? readTokens(first.logprobs) : null,
    finishReason: first?.finish_reason ?? null,
    refusal: null,
    usage: usage ? { prompt: usage.prompt_tokens, completion: usage.completion_tokens } : null,
    servedModel: model ?? null,
  };
}

function readTokens(given: z.infer<typeof legacyTokens> | z.infer<typeof newerTokens>): LlmToken[] {
  if ("content" in given) return readChatTokens(given.content);
  return given.tokens.map((token, at) => ({
    ...spelled(token, given.token_logprobs[at] ?? 0),
    top: Object.entries(given.top_logprobs?.[at] ?? {}).map(([other, logprob]) => spelled(other, logprob)),
  }));
}

/** A token that is part of a character is written `bytes:\xe2\x80`. */
function spelled(token: string, logprob: number) {
  const isBytes = /^bytes:(?:\\x[0-9a-f]{2})+$/i.test(token);
  const bytes = isBytes
    ? [...token.matchAll(/\\x([0-9a-f]{2})/gi)].map(([, hex]) => Number(`0x${hex}`))
    : null;
  return { token, logprob, bytes };
}
