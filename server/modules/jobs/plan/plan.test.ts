import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderPrompt } from "@/server/modules/agents";
import { answerBound, callParameters } from "./call-parameters";
import { createPromptMaker, type JobRecord } from "./prompt-maker";
import { requestHash } from "./request-hash";

describe("callParameters", () => {
  const plain = { conf: false, capped: false };

  it("sends what the agent says and nothing that is ours", () => {
    const model = {
      model: "m",
      temperature: 1,
      price: { inputPerMillion: 1, outputPerMillion: 1 },
      extra: { top_k: 5, model: "not this one" },
    };
    expect(callParameters(model, plain)).toEqual({ model: "m", temperature: 1, top_k: 5 });
  });

  it("asks for log-probabilities when confidence is wanted", () => {
    expect(callParameters({ model: "m" }, { ...plain, conf: true })).toMatchObject({
      logprobs: true,
      top_logprobs: 20,
    });
  });

  it("asks for what the model takes, by what was known of it when the job began", () => {
    const yes = { state: "yes" as const, detail: null };
    const no = { state: "no" as const, detail: null };
    const capabilities = {
      provider: "openai:chat" as const,
      baseUrl: null,
      model: "m",
      probedAt: "2025-11-25T10:00:00.000Z",
      servedModel: null,
      listed: null,
      capabilities: {
        logprobs: no,
        structuredOutput: yes,
        systemMessage: yes,
        temperature: no,
        seed: yes,
        batch: no,
      },
      topLogprobs: null,
      refused: ["temperature", "logprobs", "max_tokens"],
    };
    const answerSchema = { name: "labels", schema: {} };
    expect(
      callParameters(
        { model: "m", temperature: 0 },
        { conf: true, capped: true, answerSchema, capabilities },
      ),
    ).toEqual({ model: "m", max_completion_tokens: 256, answer_schema: answerSchema });
  });

  it("bounds every answer of a capped job, and leaves a bound of the agent's own", () => {
    const capped = { ...plain, capped: true };
    expect(answerBound(callParameters({ model: "m" }, capped))).toBe(256);
    expect(answerBound(callParameters({ model: "m", max_tokens: 3 }, capped))).toBe(3);
    expect(callParameters({ model: "o", extra: { max_completion_tokens: 9 } }, capped)).toEqual({
      model: "o",
      max_completion_tokens: 9,
    });
    expect(answerBound(callParameters({ model: "m" }, plain))).toBeNull();
  });
});

describe("requestHash", () => {
  const request = {
    provider: "openai:chat",
    baseUrl: null,
    parameters: { model: "m", temperature: 0 },
    messages: [{ role: "user", content: "a" }],
    sample: 0,
    onlyJobId: null,
  };

  it("is the same for the same request, however its parameters are ordered", () => {
    expect(requestHash({ ...request, parameters: { temperature: 0, model: "m" } })).toBe(
      requestHash(request),
    );
  });

  it("differs as soon as anything that is sent differs", () => {
    const others = [
      { ...request, baseUrl: "https://a.example/v1" },
      { ...request, parameters: { model: "m", temperature: 1 } },
      { ...request, messages: [{ role: "system", content: "a" }] },
      { ...request, messages: [{ role: "user", content: "a " }] },
      { ...request, messages: [...request.messages, { role: "user", content: "" }] },
      { ...request, onlyJobId: "j" },
      { ...request, sample: 1 },
    ];
    expect(new Set([request, ...others].map(requestHash)).size).toBe(others.length + 1);
  });

  it("does not let one text run into the next", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (a, b, c) => {
        const hash = (contents: string[]) =>
          requestHash({ ...request, messages: contents.map((content) => ({ role: "user", content })) });
        expect(hash([a + b, c]) === hash([a, b + c])).toBe(b === "");
      }),
    );
  });
});

describe("createPromptMaker", () => {
  const schema = [{ name: "tone", level: "record" as const, options: [{ value: "a", text: "A" }] }];
  const settings = {
    labels: ["tone"],
    answer: "text" as const,
    taskInstruction: "In {{metadata.place}}: {{name}} as {{options}}.",
  };
  const makePrompts = createPromptMaker({
    make: async (targets) =>
      targets.map((target) => ({
        rendered: renderPrompt(schema, settings, target),
        isExample: target.content === "an example",
      })),
  });
  const make = async (over: Partial<JobRecord>) => {
    const record = { recordId: "id", externalId: "r1", content: "a text", metadata: {}, deleted: false };
    const [made] = await makePrompts([{ ...record, ...over }]);
    return made;
  };

  it("makes the prompt of a record that has what it shows, also when that is empty or zero", async () => {
    for (const place of ["Rome", "", 0, false])
      expect(await make({ metadata: { place } })).toMatchObject({
        ok: true,
        messages: [{ content: expect.stringContaining(`In ${place}:`) }],
      });
  });

  it("makes none where it would have a hole, of what is deleted, and of an example", async () => {
    for (const metadata of [{}, { place: null }, null])
      expect(await make({ metadata })).toMatchObject({ ok: false, reason: "missing_metadata" });
    const metadata = { place: "Rome" };
    expect(await make({ deleted: true, metadata })).toMatchObject({ ok: false, reason: "record_deleted" });
    expect(await make({ content: "an example", metadata })).toMatchObject({ ok: false, reason: "example" });
  });
});
