import type { ParameterNames } from "../http/refused-parameter";
import type { LlmCompletion, LlmRequest } from "../port";
import type { BatchTranslation } from "./batch-translation";
import type { WrittenCall } from "./written-call";

/** What an answer says; how long it took and what its headers said are not the adapter's. */
export type Answer = Omit<LlmCompletion, "latencyMs" | "rate">;

type AskedAt = {
  /** The call goes to the provider itself, not to a server that speaks like it. */
  own: boolean;
};

/**
 * One provider's way of being asked: pure translation, so that everything about connections, keys, time and errors
 * is written once. A new provider is such an object, its line in the registry and its conformance test.
 */
export type Adapter = {
  /** Whose key among the server's own opens `ownAddress`. */
  keyOf: "openai" | "anthropic" | "google";
  /** Where calls go when the agent names no address; paths go on from its end. */
  ownAddress: string;
  /** The headers of every request; the key stands in one of them, never in the address. */
  headers(apiKey: string | null): Record<string, string>;
  write(request: Pick<LlmRequest, "messages" | "parameters">, at: AskedAt): WrittenCall;
  /**
   * @param apiKey never shown, should the body repeat it
   * @throws LlmError `provider_error` for what is no answer, or the kind that an error inside the body stands for
   */
  read(body: unknown, apiKey: string | null): Answer;
  names: ParameterNames;
  /** Lists the models that a key may use. */
  modelsPath: string;
  /** Lists batches: answers where the provider takes them. null: it never does. */
  batchesPath: string | null;
  /** How many requests are handed in at once; null: this server hands none in there. */
  batch: BatchTranslation | null;
};

type Messages = LlmRequest["messages"];

/** All system messages as one text, or undefined. */
export function systemText(messages: Messages): string | undefined {
  const texts = messages.filter(({ role }) => role === "system").map(({ content }) => content);
  return texts.length === 0 ? undefined : texts.join("\n\n");
}

/** The texts that are no system message, in order. */
export const userTexts = (messages: Messages): string[] =>
  messages.filter(({ role }) => role === "user").map(({ content }) => content);
