import { z } from "zod";
import type { LlmToken } from "../port";

const bytes = z.array(z.number().int()).nullish().catch(null);
const choiceOfToken = z.object({ token: z.string(), logprob: z.number(), bytes });
const chatToken = choiceOfToken.extend({ top_logprobs: z.array(choiceOfToken).nullish() });

/** Tokens as OpenAI writes them in chat completions and in responses. */
export const chatTokens = z.array(chatToken);

export const readChatTokens = (tokens: z.infer<typeof chatTokens>): LlmToken[] =>
  tokens.map(({ top_logprobs: top, ...token }) => ({ ...plain(token), top: (top ?? []).map(plain) }));

const plain = ({ token, logprob, bytes: own }: z.infer<typeof choiceOfToken>) => ({
  token,
  logprob,
  bytes: own ?? null,
});
