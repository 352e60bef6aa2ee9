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

/**
 * What a tokenizer takes for one word and then merges in a time that grows with the square of its length: a hundred
 * thousand Chinese characters in a row are minutes.
 */
const WORD = /[\p{L}\p{M}]+|\s+|[^\s\p{L}\p{N}]+/gu;
const LONGEST_WORD = 200;
const PART = new RegExp(`.{1,${LONGEST_WORD / 2}}`, "gsu");

const encoder = new TextEncoder();

/** A counter for a model. The vocabularies are large: each is loaded when a model first needs it. */
export async function loadTokenCounter(model: string): Promise<TokenCounter> {
  const name = model.replace(/^(?:openai\/|ft:)/, "").split(":")[0] ?? "";
  const vocabulary = VOCABULARIES.find(({ models }) => models.test(name));
  if (!vocabulary) return counter(estimate, false);
  const encoding = await vocabulary.load();
  // By default the tokenizer throws at a text that holds `<|endoftext|>`; in a record that is a text like any other.
  const countPart = (text: string) => encoding.countTokens(text, { disallowedSpecial: new Set() });
  const count = (text: string): TokenCount =>
    hasLongWord(text)
      ? { tokens: partsOf(text).reduce((sum, part) => sum + countPart(part), 0), exact: false }
      : { tokens: countPart(text), exact: true };
  return counter(count, vocabulary.exactChat);
}

function counter(count: (text: string) => TokenCount, exactChat: boolean): TokenCounter {
  return {
    countText: count,
    countChat(messages) {
      const counted = messages.flatMap(({ role, content }) => [count(role), count(content)]);
      const tokens = counted.reduce(
        (sum, one) => sum + one.tokens,
        PER_REPLY + messages.length * PER_MESSAGE,
      );
      return { tokens, exact: exactChat && counted.every(({ exact }) => exact) };
    },
  };
}

function hasLongWord(text: string): boolean {
  for (const [word] of text.matchAll(WORD)) if (word.length > LONGEST_WORD) return true;
  return false;
}

/** Each is a little more than its share of the whole, where a word is cut. No surrogate pair is. */
const partsOf = (text: string): string[] => text.match(PART) ?? [];

const estimate = (text: string): TokenCount => ({
  tokens: Math.ceil(encoder.encode(text).length / BYTES_PER_TOKEN),
  exact: false,
});
