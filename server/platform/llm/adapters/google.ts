import { z } from "zod";
import { readCallSettings, setOnly } from "../call-settings";
import type { LlmToken } from "../port";
import { type Adapter, type Answer, systemText, userTexts } from "./adapter";
import { toGoogleSchema } from "./google-schema";
import { notAnAnswer } from "./not-an-answer";

/** More alternatives than these are refused. */
const MOST_ALTERNATIVES = 20;

/** Google's `POST /models/{model}:generateContent`. */
export const google: Adapter = {
  keyOf: "google",
  ownAddress: "https://generativelanguage.googleapis.com/v1beta",
  headers: (apiKey): Record<string, string> => (apiKey === null ? {} : { "x-goog-api-key": apiKey }),
  modelsPath: "models?pageSize=1000",
  batchesPath: "batches?pageSize=1",
  // Its batches go up and come back by a file protocol of their own, beside the address of its calls.
  batch: null,
  names: {
    temperature: /\btemperature\b/i,
    top_p: /\btop_?p\b/i,
    top_k: /\btop_?k\b/i,
    max_tokens: /\bmax_?output_?tokens\b/i,
    seed: /\bseed\b/i,
    presence_penalty: /\bpresence_?penalty\b|\bpenalty is not enabled\b/i,
    frequency_penalty: /\bfrequency_?penalty\b/i,
    stop: /\bstop_?sequences?\b/i,
    reasoning_effort: /\bthinking/i,
    logprobs: /\b(?:response_?)?logprobs\b/i,
    answer_schema: /\bresponse_?(?:json_?)?schema\b|\bresponse_?mime_?type\b|\bJSON mode\b/i,
    // "Developer instruction is not enabled for models/…"
    system: /\b(?:developer|system)[ _]?instructions?\b/i,
  },
  write({ parameters, messages }) {
    const { rest, model, ...wanted } = readCallSettings(parameters);
    const { generationConfig: more, ...others } = rest;
    const system = systemText(messages);
    const body = setOnly({
      ...others,
      systemInstruction: system === undefined ? undefined : { parts: [{ text: system }] },
      contents: userTexts(messages).map((text) => ({ role: "user", parts: [{ text }] })),
      generationConfig: { ...(isObject(more) ? more : {}), ...generationConfig(wanted) },
    });
    return { path: `${modelPath(model)}:generateContent`, body };
  },
  read: readGenerated,
};

/** `gemini-2.5-flash`, or with its collection: `tunedModels/mine`. */
function modelPath(model: string): string {
  const path = model.includes("/") ? model : `models/${model}`;
  return path.split("/").map(encodeURIComponent).join("/");
}

function generationConfig(
  wanted: Omit<ReturnType<typeof readCallSettings>, "rest" | "model">,
): Record<string, unknown> {
  const { top_logprobs: alternatives, answer_schema: form, reasoning_effort: effort } = wanted;
  return setOnly({
    temperature: wanted.temperature,
    topP: wanted.top_p,
    topK: wanted.top_k,
    maxOutputTokens: wanted.max_tokens,
    seed: wanted.seed,
    presencePenalty: wanted.presence_penalty,
    frequencyPenalty: wanted.frequency_penalty,
    stopSequences: wanted.stop,
    responseLogprobs: alternatives === undefined ? undefined : true,
    logprobs: alternatives === undefined ? undefined : Math.min(alternatives, MOST_ALTERNATIVES),
    responseMimeType: form && "application/json",
    responseSchema: form && toGoogleSchema(form.schema),
    thinkingConfig: effort === undefined ? undefined : { thinkingLevel: effort },
  });
}

const token = z.object({ token: z.string().default(""), logProbability: z.number().default(0) });
const candidate = z.object({
  content: z
    .object({
      parts: z.array(z.object({ text: z.string().optional(), thought: z.boolean().optional() })).nullish(),
    })
    .nullish(),
  finishReason: z.string().nullish(),
  logprobsResult: z
    .object({
      chosenCandidates: z.array(token),
      topCandidates: z.array(z.object({ candidates: z.array(token).default([]) })).default([]),
    })
    .nullish()
    .catch(null),
});
const generated = z
  .object({
    candidates: z.array(candidate).nullish(),
    promptFeedback: z.object({ blockReason: z.string().nullish() }).nullish(),
    usageMetadata: z
      .object({
        promptTokenCount: z.number().int(),
        candidatesTokenCount: z.number().int().default(0),
        thoughtsTokenCount: z.number().int().default(0),
      })
      .nullish()
      .catch(null),
    modelVersion: z.string().nullish().catch(null),
  })
  .refine(({ candidates, promptFeedback }) => candidates?.length || promptFeedback?.blockReason);

/** Why it ended, in the words of chat completions; what is not here was the filter's doing. */
const ENDS: Record<string, string> = {
  STOP: "stop",
  MAX_TOKENS: "length",
  MALFORMED_FUNCTION_CALL: "tool_calls",
};
const FILTERS = /^(?:SAFETY|RECITATION|LANGUAGE|BLOCKLIST|PROHIBITED_CONTENT|SPII|IMAGE_SAFETY)$/;

function readGenerated(body: unknown, apiKey: string | null): Answer {
  const parsed = generated.safeParse(body);
  if (!parsed.success) throw notAnAnswer(body, "generated content", apiKey);
  const { candidates, promptFeedback, usageMetadata: usage, modelVersion } = parsed.data;
  const first = candidates?.[0];
  const reason = first?.finishReason ?? null;
  const blocked = first
    ? reason && FILTERS.test(reason)
      ? reason
      : null
    : (promptFeedback?.blockReason ?? null);
  const text = (first?.content?.parts ?? []).map((part) => (part.thought ? "" : (part.text ?? ""))).join("");
  return {
    text: blocked === null ? text : "",
    tokens: first?.logprobsResult ? readTokens(first.logprobsResult) : null,
    finishReason: blocked === null ? reason && (ENDS[reason] ?? reason) : "content_filter",
    refusal: blocked === null ? null : `${first ? "The answer" : "The prompt"} was blocked: ${blocked}.`,
    // Thinking is paid as output.
    usage: usage
      ? { prompt: usage.promptTokenCount, completion: usage.candidatesTokenCount + usage.thoughtsTokenCount }
      : null,
    servedModel: modelVersion ?? null,
  };
}

type LogprobsResult = NonNullable<z.infer<typeof candidate>["logprobsResult"]>;

const readTokens = ({ chosenCandidates, topCandidates }: LogprobsResult): LlmToken[] =>
  chosenCandidates.map((chosen, at) => ({
    ...spelled(chosen),
    top: (topCandidates[at]?.candidates ?? []).map(spelled),
  }));

const spelled = ({ token: text, logProbability: logprob }: z.infer<typeof token>) => ({
  token: text,
  logprob,
  bytes: null,
});

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
