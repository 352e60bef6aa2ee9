import { describe, expect, it } from "vitest";
import { loadTokenCounter } from "./count-tokens";

const countTokens = async (messages: typeof hello, model: string) =>
  (await loadTokenCounter(model)).countChat(messages);
const hello = [
  { role: "system", content: "You are a helpful assistant." },
  { role: "user", content: "Hello!" },
];

describe("tokens of a chat", () => {
  // 6 + 2 tokens of text, 1 of each role, 3 around each message, 3 for the reply.
  it.each(["gpt-3.5-turbo", "gpt-4o-mini", "gpt-4-0613", "ft:gpt-4o:team:x:1"])(
    "%s counts exactly",
    async (model) => {
      expect(await countTokens(hello, model)).toEqual({ tokens: 19, exact: true });
    },
  );

  it("are an estimate for reasoning models, which think unseen, and for models without a known vocabulary", async () => {
    expect(await countTokens(hello, "gpt-5-mini")).toEqual({ tokens: 19, exact: false });
    const unknown = await countTokens(hello, "llama-3");
    expect(unknown.exact).toBe(false);
    expect(unknown.tokens).toBeGreaterThanOrEqual(19);
  });

  it("an estimate is not below the count, for texts of several languages", async () => {
    const [exact, estimate] = await Promise.all([loadTokenCounter("gpt-4o"), loadTokenCounter("unknown")]);
    for (const text of [
      "The flight was late, again, and nobody told us why.",
      "Der Flug war schon wieder verspätet.",
      "航班又晚点了，没有人告诉我们原因。",
      "🙂🙂🙂",
      "{{}}''' <>",
    ])
      expect(estimate.countText(text).tokens, text).toBeGreaterThanOrEqual(exact.countText(text).tokens);
  });

  it("a record that holds a special token is a text like any other", async () => {
    const { countText } = await loadTokenCounter("gpt-4o");
    expect(countText("a <|endoftext|> b").tokens).toBeGreaterThan(5);
  });

  it("of a word without end are counted in parts, which takes no time", async () => {
    const { countText, countChat } = await loadTokenCounter("gpt-4o");
    for (const word of ["航班又晚点了没有人告诉我们原因", "a", "👩‍👩‍👧", " ", "!"]) {
      const short = word.repeat(Math.floor(200 / word.length));
      expect(countText(short).exact, word).toBe(true);
      const long = word.repeat(Math.ceil(100_000 / word.length));
      // Counted whole, this would not end within the test's limit.
      const counted = countText(long);
      expect(counted.exact, word).toBe(false);
      const few = word.repeat(Math.floor(400 / word.length));
      expect(countText(few).tokens, word).toBeGreaterThanOrEqual(countText(short).tokens);
      expect(countChat([{ role: "user", content: long }])).toEqual({
        tokens: counted.tokens + 7,
        exact: false,
      });
    }
  });
});
