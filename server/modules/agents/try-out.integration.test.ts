import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleLabelSchema, sampleMessages, sampleTraining } from "@/prisma/seed/sample";
import { type ProjectActor, proveMembership } from "@/server/modules/access";
import { createProject, putSchema } from "@/server/modules/projects";
import { newId } from "@/server/platform/ids";
import { createLlm, type Llm, LlmError, type LlmRequest } from "@/server/platform/llm";
import {
  type BuiltinModel,
  offerBuiltinModel,
  startBuiltinModel,
  withdrawBuiltinModel,
} from "@/server/platform/llm/builtin";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createActor } from "@/server/testing/people";
import { tryOut } from ".";

let test: TestDatabase;
let builtin: BuiltinModel;
let member: ProjectActor;
const ids: string[] = [];

beforeAll(async () => {
  [test, builtin] = await Promise.all([createTestDatabase(), startBuiltinModel(sampleTraining())]);
  offerBuiltinModel(builtin);
  const actor = await createActor(test.db);
  const { id: projectId } = await createProject(test.db, actor, { name: "Sample" });
  member = await proveMembership(test.db, actor, projectId);
  await putSchema(test.db, member, { labelSchema: sampleLabelSchema });
  const records = sampleMessages()
    .slice(0, 30)
    .map(({ id: externalId, content }, position) => ({
      id: newId(),
      projectId,
      externalId,
      content,
      position,
    }));
  await test.db.record.createMany({ data: records });
  ids.push(...records.map(({ id }) => id));
});
afterAll(async () => {
  withdrawBuiltinModel();
  await Promise.all([test.drop(), builtin.close()]);
});

const draft = {
  provider: "openai:chat" as const,
  baseUrl: "builtin",
  model: { model: "tandem-tiny", temperature: 0 },
  prompt: { labels: ["sentiment"] },
  limit: 10,
};

describe("trying out a draft", () => {
  it.each(["text", "json"])("asks the built-in model about ten random records (%s)", async (answer) => {
    const run = () =>
      tryOut(test.db, member, createLlm(), { ...draft, prompt: { labels: ["sentiment"], answer } });
    const { items } = await run();
    expect(items).toHaveLength(10);
    const values = sampleLabelSchema[0]?.options.map(({ value }) => value);
    for (const item of items) {
      expect(item).toMatchObject({ error: null, servedModel: "tandem-tiny", costUsd: 0 });
      expect(item.prompt).toContain(item.content);
      expect(values).toContain(item.labels[0]?.value?.[0]);
      expect(item.labels[0]?.conf).toBeGreaterThan(1 / 3 - 1e-9);
      expect(item.labels[0]?.conf).toBeLessThan(1);
    }
    const again = await run();
    const order = (some: typeof items) => some.map(({ recordId }) => recordId).join();
    expect(order(again.items)).not.toBe(order(items));
    expect(await test.db.annotation.count()).toBe(0);
    expect(await test.db.job.count()).toBe(0);
  });

  it("keeps the order of named records and shows what failed beside what worked", async () => {
    const asked: LlmRequest[] = [];
    const llm: Llm = {
      complete: async (request) => {
        asked.push(request);
        const content = request.messages.at(-1)?.content ?? "";
        const { content: second } = await test.db.record.findFirstOrThrow({ where: { id: ids[1] } });
        if (content.includes(second)) throw new LlmError("rate_limited", "Slow down.");
        return {
          text: "I would not say that it is positive.",
          tokens: null,
          finishReason: "stop",
          refusal: null,
          usage: { prompt: 100, completion: 10 },
          servedModel: "gpt-4o-2024-08-06",
          latencyMs: 12,
        };
      },
    };
    const { items } = await tryOut(test.db, member, llm, {
      ...draft,
      baseUrl: null,
      model: {
        model: "gpt-4o",
        extra: { service_tier: "flex" },
        price: { inputPerMillion: 1, outputPerMillion: 2 },
      },
      recordIds: [ids[0] ?? "", ids[1] ?? "", ids[2] ?? ""],
      apiKey: "sk-mine",
    });
    expect(items.map(({ recordId }) => recordId)).toEqual(ids.slice(0, 3));
    expect(items[1]).toMatchObject({
      rawAnswer: null,
      labels: [],
      error: { kind: "rate_limited", message: "Slow down." },
    });
    expect(items[0]).toMatchObject({
      rawAnswer: "I would not say that it is positive.",
      labels: [{ name: "sentiment", value: null, conf: null, confReason: null, reason: "no_field" }],
      tokens: { prompt: 100, completion: 10 },
      costUsd: 0.00012,
      error: null,
    });
    expect(asked[0]).toMatchObject({
      apiKey: "sk-mine",
      parameters: { model: "gpt-4o", service_tier: "flex", logprobs: true, top_logprobs: 20 },
    });
    expect(asked[0]?.parameters).not.toHaveProperty("price");
  });
});
