import { describe, expect, it } from "vitest";
import { adapters } from "./adapters/registry";
import type { LlmSettings } from "./settings";
import { hasServerKey, headersFor, targetOf } from "./target";

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

const keys = { openai: "sk-openai", anthropic: "sk-ant", google: "AIza-google" };
const all = (openaiBaseUrl?: string): LlmSettings => ({
  openai: { apiKey: keys.openai, baseUrl: openaiBaseUrl, organization: "org-1" },
  anthropic: { apiKey: keys.anthropic },
  google: { apiKey: keys.google },
  allowedHosts: [],
  trustedOrigins: [],
});
const addresses = [
  ...new Set([...adapters.values()].map(({ ownAddress }) => ownAddress)),
  "https://llm.example/v1",
  "http://api.openai.com/v1",
  "https://api.openai.com:8443/v1",
  "https://api.openai.com.evil.example/v1",
  "https://api.anthropic.com.evil.example/v1",
  "https://generativelanguage.googleapis.com.evil.example/v1beta",
];

describe.each([...adapters])("the server's keys, by %s", (name, adapter) => {
  const sentTo = (baseUrl: string | null, settings: LlmSettings, apiKey: string | null = null) =>
    JSON.stringify(headersFor(adapter, targetOf(adapter, { baseUrl, apiKey }, settings)));

  it("go to the provider's own address: its own, and no other", () => {
    const sent = sentTo(null, all());
    for (const [whose, key] of Object.entries(keys)) expect(sent.includes(key)).toBe(whose === adapter.keyOf);
    expect(hasServerKey({ provider: name, baseUrl: null }, all())).toBe(true);
  });

  it.each(addresses)("go to %s only if it is the provider's own", (baseUrl) => {
    const own = new URL(baseUrl).origin === new URL(adapter.ownAddress).origin;
    const sent = sentTo(baseUrl, all());
    expect(sent.includes(keys[adapter.keyOf])).toBe(own);
    if (!own) expect(sent).not.toMatch(/sk-|AIza|org-1/);
    expect(hasServerKey({ provider: name, baseUrl }, all())).toBe(own);
  });

  it("follow OPENAI_BASE_URL only where OpenAI's is meant, and then go nowhere else", () => {
    const gateway = "https://gateway.example/v1";
    const isOpenAi = adapter.keyOf === "openai";
    expect(sentTo(gateway, all(gateway)).includes(keys.openai)).toBe(isOpenAi);
    expect(sentTo(gateway, all(gateway))).not.toMatch(/sk-ant|AIza/);
    if (isOpenAi) expect(() => sentTo(adapter.ownAddress, all(gateway))).toThrow(/OPENAI_API_KEY/);
    else expect(sentTo(null, all(gateway))).toContain(keys[adapter.keyOf]);
  });

  it("give way to the key of the run, everywhere", () => {
    for (const baseUrl of [null, ...addresses]) {
      const sent = sentTo(baseUrl, all(), "key-of-the-run");
      expect(sent).toContain("key-of-the-run");
      expect(sent).not.toMatch(/sk-|AIza|org-1/);
    }
  });

  it("are asked for by name where there is none", () => {
    const none = {
      ...all(),
      openai: { ...all().openai, apiKey: undefined },
      anthropic: undefined,
      google: undefined,
    };
    const { anthropic: _a, google: _g, ...without } = none;
    expect(() => sentTo(null, without)).toThrow(/needs a key.*_API_KEY/);
  });
});
