import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { provider as providerName } from "@/contracts/providers";
import { adapters } from "./registry";

const KEY = "key-0123456789";
const request = {
  messages: [{ role: "user" as const, content: "Label this." }],
  parameters: { model: "m", logprobs: true, top_logprobs: 5 },
};

it("an agent can name every provider that there is, and no other", () => {
  expect([...adapters.keys()].sort()).toEqual([...providerName.options].sort());
});

it("ARCHITECTURE.md says what a new provider takes", () => {
  const text = readFileSync("ARCHITECTURE.md", "utf8");
  expect(text).toMatch(
    /provider.*server\/platform\/llm\/adapters\/.*registry.*contracts\/providers\.ts.*conformance/i,
  );
});

describe.each([...adapters])("%s", (name, adapter) => {
  const file = path.join(import.meta.dirname, name.replace(":", "-"));

  it("is one file with its conformance test, which names the published reference", () => {
    expect(existsSync(`${file}.ts`)).toBe(true);
    const test = readFileSync(`${file}.test.ts`, "utf8");
    expect(test).toMatch(/platform\.openai\.com|docs\.claude\.com|ai\.google\.dev/);
  });

  it("sends the key in a header, never in an address or a body", () => {
    expect(Object.values(adapter.headers(KEY)).some((value) => value.includes(KEY))).toBe(true);
    expect(JSON.stringify(adapter.headers(null))).not.toMatch(/key-|Bearer/);
    const { path: asked, body } = adapter.write(request, { own: true });
    expect([asked, JSON.stringify(body), adapter.modelsPath, adapter.batchesPath].join(" ")).not.toContain(
      KEY,
    );
  });

  it("asks for no stream, and for the text once and verbatim", () => {
    const content = "A text: $1 {} 'quotes'\n🙂 \"double\"";
    const { body } = adapter.write({ ...request, messages: [{ role: "user", content }] }, { own: true });
    expect(body.stream).toBeUndefined();
    expect(JSON.stringify(body).split(JSON.stringify(content).slice(1, -1))).toHaveLength(2);
  });

  it("lets parameters without a name of ours through", () => {
    const parameters = { ...request.parameters, unheard_of: { a: [1] } };
    expect(adapter.write({ ...request, parameters }, { own: true }).body).toMatchObject({
      unheard_of: { a: [1] },
    });
  });

  it("has an address of its own over TLS", () => {
    expect(new URL(adapter.ownAddress)).toMatchObject({ protocol: "https:", search: "" });
  });
});
