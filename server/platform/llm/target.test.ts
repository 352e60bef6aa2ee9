import { expect, it } from "vitest";
import { hasServerKey } from "./target";

const settings = (apiKey: string | undefined, baseUrl?: string) => ({
  openai: { apiKey, baseUrl, organization: undefined },
  allowedHosts: [],
  trustedOrigins: [],
});

it.each([
  ["the built-in model", "builtin", settings(undefined), true],
  ["OpenAI with a key", null, settings("sk-1"), true],
  ["OpenAI without one", null, settings(undefined), false],
  ["OpenAI by its address", "https://api.openai.com/v1", settings("sk-1"), true],
  ["another provider, where the key does not go", "https://llm.example/v1", settings("sk-1"), false],
  ["the server's own address", "https://llm.example/v1", settings("sk-1", "https://llm.example/v1"), true],
  [
    "OpenAI where the key is another's",
    "https://api.openai.com/v1",
    settings("sk-1", "https://llm.example"),
    false,
  ],
])("%s", (_name, baseUrl, given, expected) => {
  expect(hasServerKey({ provider: "openai:chat", baseUrl }, given)).toBe(expected);
});
