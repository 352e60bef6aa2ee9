import { setImmediate as nextTurn } from "node:timers/promises";
import type { VersionContent } from "@/contracts/agent-diff";
import type { PreviewItem, PreviewOutput } from "@/contracts/agents";
import type { LabelDefinition } from "@/contracts/label-schema";
import { contextWindowOf } from "./context-windows";
import type { MadePrompt, OpenedPrompts } from "./examples/open-prompts";
import { costMicroUsd, priceOf } from "./prices";
import { promptedLabels } from "./prompt/build-template";
import { loadTokenCounter } from "./prompt/count-tokens";
import type { RenderedPrompt } from "./prompt/render-prompt";
import { longestAnswer } from "./prompt/wording";

export type PreviewedText = {
  recordId?: string;
  externalId?: string;
  content: string;
  metadata?: Record<string, unknown>;
};

/** The messages that an agent would send for some texts, with their tokens and cost. Nobody is asked. */
export async function previewPrompts(
  prompts: OpenedPrompts,
  schema: readonly LabelDefinition[],
  { model, prompt }: Pick<VersionContent, "model" | "prompt">,
  texts: readonly PreviewedText[],
): Promise<Pick<PreviewOutput, "template" | "items" | "contextTokens" | "examplePool">> {
  const counter = await loadTokenCounter(model.model);
  const price = priceOf(model);
  const answer = counter.countText(longestAnswer(promptedLabels(schema, prompt), prompt.answer));
  const contextTokens = contextWindowOf(model.model);
  const present = (
    { content, metadata, ...ids }: PreviewedText,
    { rendered, isExample }: MadePrompt,
  ): PreviewItem => {
    const { tokens, exact } = counter.countChat(rendered.messages);
    const cost = costMicroUsd({ prompt: tokens, completion: answer.tokens }, price);
    return {
      ...ids,
      prompt: rendered.messages.at(-1)?.content ?? "",
      messages: rendered.messages,
      segments: segmentsByMessage(rendered),
      tokens,
      tokensExact: exact,
      costUsd: cost === null ? null : cost / 1_000_000,
      missingMetadata: [...new Set(rendered.missingMetadata)],
      isExample,
      tooLong: contextTokens !== null && tokens + answer.tokens > contextTokens,
    };
  };
  const items: PreviewItem[] = [];
  for (const text of texts) {
    for (const made of await prompts.make([text])) items.push(present(text, made));
    // Fifty long texts are some seconds of work, in which others want an answer too.
    await nextTurn();
  }
  return { template: prompts.template.template, items, contextTokens, examplePool: prompts.poolSize };
}

function segmentsByMessage({ messages, segments }: RenderedPrompt): PreviewItem["segments"] {
  return messages.map(({ role, content }, index) => ({
    role,
    parts: segments
      .filter(({ message }) => message === index)
      .map(({ kind, start, end }) => ({ kind, text: content.slice(start, end) })),
  }));
}
