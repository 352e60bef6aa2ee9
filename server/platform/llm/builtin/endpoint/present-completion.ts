import { randomUUID } from "node:crypto";
import type { AnswerToken } from "../answer/tokens";
import type { ChatRequest } from "./request";

export const MODEL_NAME = "tandem-tiny";

/** What OpenAI's API writes for the logarithm of a probability of 0, which JSON can't hold. */
const LOG_OF_ZERO = -9999;

/**
 * The body of the reply in the form of OpenAI's API.
 *
 * @param answers the tokens of each choice, before any limit of the request
 * @param promptTokens how many tokens the request held
 * @param fingerprint names the training data, so that a change of the model shows
 */
export function presentCompletion(
  request: ChatRequest,
  answers: readonly (readonly AnswerToken[])[],
  promptTokens: number,
  fingerprint: string,
) {
  const limited = answers.map((tokens) => limit(tokens, request));
  const completionTokens = limited.reduce((sum, { tokens }) => sum + tokens.length, 0);
  return {
    id: `chatcmpl-${randomUUID()}`,
    object: "chat.completion",
    created: Math.floor(Date.now() / 1000),
    model: MODEL_NAME,
    system_fingerprint: fingerprint,
    choices: limited.map(({ tokens, finishReason }, index) => ({
      index,
      message: { role: "assistant", content: tokens.map(({ text }) => text).join(""), refusal: null },
      logprobs: request.logprobs ? presentLogprobs(tokens, request.top_logprobs ?? 0) : null,
      finish_reason: finishReason,
    })),
    usage: {
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      total_tokens: promptTokens + completionTokens,
    },
  };
}

/** Ends an answer at the last whole token before a stop sequence, or after the most tokens allowed. */
function limit(tokens: readonly AnswerToken[], request: ChatRequest) {
  const most = request.max_completion_tokens ?? request.max_tokens ?? tokens.length;
  const text = tokens.map((token) => token.text).join("");
  const stops = [request.stop ?? []].flat().map((stop) => text.indexOf(stop));
  const end = Math.min(text.length, ...stops.filter((at) => at >= 0));
  let written = 0;
  const kept = tokens.filter((token) => {
    written += token.text.length;
    return written <= end;
  });
  return { tokens: kept.slice(0, most), finishReason: kept.length > most ? "length" : "stop" };
}

function presentLogprobs(tokens: readonly AnswerToken[], alternatives: number) {
  return {
    content: tokens.map((token) => ({
      ...presentToken(token),
      top_logprobs: token.alternatives.slice(0, alternatives).map(presentToken),
    })),
    refusal: null,
  };
}

function presentToken({ text, probability }: { text: string; probability: number }) {
  return {
    token: text,
    logprob: probability > 0 ? Math.log(probability) : LOG_OF_ZERO,
    bytes: [...Buffer.from(text)],
  };
}
