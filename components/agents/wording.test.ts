import { expect, it } from "vitest";
import { placeOf, providerOf } from "./wording";

const asked = (baseUrl: string | null) => ({ provider: "openai:chat" as const, baseUrl });

it("calls the built-in model nobody else's, though it is asked like one of OpenAI's", () => {
  expect(providerOf(asked("builtin"))).toBe("Built in");
  expect(placeOf(asked("builtin"))).toBe("Runs on this server, not an LLM; asked as OpenAI chat is");
  expect(providerOf(asked("http://localhost:11434/v1"))).toBe("OpenAI chat");
  expect(placeOf(asked("http://localhost:11434/v1"))).toBe("localhost:11434");
});

it("names the provider's own address where an agent names none", () => {
  expect(placeOf(asked(null))).toBe("OpenAI, or this server's own address");
  expect(placeOf({ provider: "anthropic", baseUrl: null })).toBe("api.anthropic.com");
});
