/** `exact` is false when the number is an estimate. */
type TokenCount = { tokens: number; exact: boolean };
type ChatMessage = { role: string; content: string };

export type TokenCounter = {
  /** Tokens of a chat request with these messages, the overhead of each message included. */
  countChat(messages: readonly ChatMessage[]): TokenCount;
  countText(text: string): TokenCount;
};

type Encoding = { countTokens(text: string, options: { disallowedSpecial: Set<string> }): number };
type Vocabulary = { load(): Promise<Encoding>; exactChat: boolean };

/** Chat overhead by OpenAI's cookbook, "How to count tokens with tiktoken": a message 3, the reply's opening 3. */
const PER_MESSAGE = 3;
const PER_REPLY = 3;
/** English has about 4.5 bytes a token, Chinese 3: an estimate had better be high, since it bounds what is spent. */
const BYTES_PER_TOKEN = 3;

const loadO200k = () => import("gpt-tokenizer/encoding/o200k_base");
const loadCl100k = () => import("gpt-tokenizer/encoding/cl100k_base");

/** First match counts. Reasoning models add hidden tokens of their own, so their chats are never exact. */
const VOCABULARIES: readonly (Vocabulary & { models: RegExp })[] = [
  { models: /^(?:gpt-4o|chatgpt-4o|gpt-4\.[15])(?:-|$)/, load: loadO200k, exactChat: true },
  { models: /^(?:gpt-5|o[134])(?:[-.]|$)/, load: loadO200k, exactChat: false },
  { models: /^gpt-3\.5-turbo-0301$/, load: loadCl100k, exactChat: false },
  { models: /^(?:gpt-4|gpt-3\.5-turbo)(?:-|$)/, load: loadCl100k, exactChat: true },
];

const encoder = new TextEncoder();

/** A counter for a model. The vocabularies are large: each is loaded when a model first needs it. */
export async function loadTokenCounter(model: string): Promise<TokenCounter> {
  const name = model.replace(/^(?:openai\/|ft:)/, "").split(":")[0] ?? "";
  const vocabulary = VOCABULARIES.find(({ models }) => models.test(name));
  if (!vocabulary) return counter(estimate, { text: false, chat: false });
  const encoding = await vocabulary.load();
  // By default the tokenizer throws at a text that holds `<|endoftext|>`; in a record that is a text like any other.
  const count = (text: string) => encoding.countTokens(text, { disallowedSpecial: new Set() });
  return counter(count, { text: true, chat: vocabulary.exactChat });
}

function counter(count: (text: string) => number, exact: { text: boolean; chat: boolean }): TokenCounter {
  const countMessage = (message: ChatMessage) => PER_MESSAGE + count(message.role) + count(message.content);
  return {
    countText: (text) => ({ tokens: count(text), exact: exact.text }),
    countChat: (messages) => ({
      tokens: messages.reduce((sum, message) => sum + countMessage(message), PER_REPLY),
      exact: exact.chat,
    }),
  };
}

const estimate = (text: string) => Math.ceil(encoder.encode(text).length / BYTES_PER_TOKEN);
