import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { sampleLabelSchema, sampleTraining } from "@/prisma/seed/sample";
import { type ProjectActor, proveMembership } from "@/server/modules/access";
import { createProject, putSchema } from "@/server/modules/projects";
import { createLlm } from "@/server/platform/llm";
import { offerBuiltinModel, startBuiltinModel, withdrawBuiltinModel } from "@/server/platform/llm/builtin";
import {
  completion,
  json,
  type ScriptedProvider,
  startScriptedProvider,
} from "@/server/platform/llm/testing/scripted-provider";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createActor } from "@/server/testing/people";
import { getModelInfo, previewDraft, probeModel } from "..";

let test: TestDatabase;
let member: ProjectActor;
let provider: ScriptedProvider;

beforeAll(async () => {
  [test, provider] = await Promise.all([createTestDatabase(), startScriptedProvider()]);
  const actor = await createActor(test.db);
  const { id } = await createProject(test.db, actor, { name: "Probed" });
  member = await proveMembership(test.db, actor, id);
  await putSchema(test.db, member, { labelSchema: sampleLabelSchema });
});
beforeEach(() => {
  provider.calls.length = 0;
});
afterAll(async () => {
  await Promise.all([test.drop(), provider.close()]);
});

const asked = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
  temperature: z.number().optional(),
  seed: z.number().optional(),
  max_tokens: z.number().optional(),
  max_completion_tokens: z.number().optional(),
  logprobs: z.boolean().optional(),
  top_logprobs: z.number().optional(),
  response_format: z.looseObject({}).optional(),
});
type Asked = z.infer<typeof asked>;
type Refusal = { status: number; message: string; param?: string | null };

const logprobs = (most: number) => ({
  content: [
    {
      token: "fruit",
      logprob: -0.1,
      bytes: null,
      top_logprobs: Array.from({ length: most }, (_, at) => ({
        token: `t${at}`,
        logprob: -1 - at,
        bytes: null,
      })),
    },
  ],
});

/** A model of OpenAI's form that refuses what `refuse` says and does all else that it is asked for. */
function behave(refuse: (body: Asked) => Refusal | null, { batches = false, structured = true } = {}) {
  provider.answer((response, { path, body }) => {
    if (path.endsWith("/models")) return json(response, { object: "list", data: [{ id: "model-1" }] });
    if (path.includes("/batches"))
      return json(
        response,
        batches ? { object: "list", data: [] } : { error: { message: "Not found" } },
        batches ? 200 : 404,
      );
    const wanted = asked.parse(body);
    const refusal = refuse(wanted);
    if (refusal) {
      const { status, message, param = null } = refusal;
      return json(response, { error: { message, type: "invalid_request_error", param, code: null } }, status);
    }
    const text = wanted.response_format && structured ? '{"kind":"fruit"}' : "fruit";
    return json(
      response,
      completion(text, wanted.logprobs ? { logprobs: logprobs(wanted.top_logprobs ?? 0) } : {}),
    );
  });
}

const llm = () =>
  createLlm({
    openai: { apiKey: "sk-server", baseUrl: provider.baseUrl, organization: undefined },
    allowedHosts: [],
    trustedOrigins: [provider.origin],
  });
const probe = (model = "model-1") =>
  probeModel(test.db, member, llm(), { provider: "openai:chat", baseUrl: null, model });
const info = (model = "model-1") => getModelInfo(test.db, member, { provider: "openai:chat", model });
const completions = () => provider.calls.filter(({ method }) => method === "POST");
const states = ({ capabilities }: Awaited<ReturnType<typeof probe>>) =>
  Object.fromEntries(
    Object.entries(capabilities?.capabilities ?? {}).map(([name, { state }]) => [name, state]),
  );

describe("probing", () => {
  it("a model that takes all needs one completion, and what was found is kept with its date", async () => {
    behave(() => null, { batches: true });
    expect(await info()).toEqual({ capabilities: null, price: null });
    const probed = await probe();
    expect(probed).toMatchObject({ error: null, completions: 1 });
    expect(states(probed)).toEqual({
      logprobs: "yes",
      structuredOutput: "yes",
      systemMessage: "yes",
      temperature: "yes",
      seed: "yes",
      batch: "yes",
    });
    expect(probed.capabilities).toMatchObject({
      listed: true,
      servedModel: "gpt-test-0125",
      topLogprobs: 20,
      refused: [],
      probedAt: expect.stringMatching(/^\d{4}-/),
    });
    expect((await info()).capabilities).toEqual(probed.capabilities);
  });

  it("marks every request, asks about no record, and never more than 3 completions", async () => {
    behave(({ temperature, seed, logprobs: wanted, response_format: form }) => {
      const name =
        temperature !== undefined ? "temperature" : seed !== undefined ? "seed" : wanted ? "logprobs" : null;
      return name || form
        ? { status: 400, message: `Unsupported parameter: '${name ?? "response_format"}'` }
        : null;
    });
    await probe();
    expect(completions()).toHaveLength(3);
    expect(provider.calls.every(({ headers }) => headers["x-tandem-probe"] === "1")).toBe(true);
    const texts = completions().map(({ body }) => asked.parse(body).messages.at(-1)?.content);
    expect(new Set(texts).size).toBe(1);
    expect(texts[0]).toContain("A ripe banana.");
  });

  it("learns from what is refused, one after the other, as newer models refuse it", async () => {
    behave(({ max_tokens, temperature, logprobs: wanted }) => {
      if (temperature !== undefined)
        return {
          status: 400,
          message: "Unsupported value: 'temperature' does not support 0 with this model.",
          param: "temperature",
        };
      if (wanted) return { status: 403, message: "You are not allowed to request logprobs from this model" };
      return max_tokens === undefined ? null : null;
    });
    const probed = await probe();
    expect(probed).toMatchObject({
      error: null,
      completions: 3,
      capabilities: { topLogprobs: null, refused: ["temperature", "logprobs"] },
    });
    expect(states(probed)).toMatchObject({
      temperature: "no",
      logprobs: "no",
      systemMessage: "yes",
      seed: "yes",
      structuredOutput: "yes",
    });
    expect(probed.capabilities?.capabilities.logprobs.detail).toContain("not allowed to request logprobs");
  });

  it("finds the limit's other name, and how many alternatives there are", async () => {
    behave(({ max_tokens, top_logprobs }) => {
      if (max_tokens !== undefined)
        return {
          status: 400,
          message: "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.",
          param: "max_tokens",
        };
      return (top_logprobs ?? 0) > 5
        ? { status: 400, message: "top_logprobs must be at most 5", param: "top_logprobs" }
        : null;
    });
    const probed = await probe();
    expect(probed.capabilities).toMatchObject({ refused: ["max_tokens"], topLogprobs: 5 });
    expect(states(probed)).toMatchObject({ logprobs: "yes", structuredOutput: "yes" });
  });

  it("takes silence for a no: log-probabilities that don't come, a schema that is not followed", async () => {
    provider.answer((response, { path }) =>
      path.endsWith("/completions") ? json(response, completion("It is a fruit.")) : json(response, {}, 404),
    );
    const probed = await probe();
    expect(states(probed)).toEqual({
      logprobs: "no",
      structuredOutput: "no",
      systemMessage: "yes",
      temperature: "yes",
      seed: "yes",
      batch: "no",
    });
    expect(probed.capabilities?.listed).toBeNull();
  });

  it("asks plainly after a refusal without a name, and then for what matters most", async () => {
    behave(({ response_format: form }) => (form ? { status: 400, message: "Invalid request." } : null));
    const probed = await probe();
    expect(probed.completions).toBe(3);
    expect(states(probed)).toMatchObject({
      logprobs: "yes",
      temperature: "yes",
      structuredOutput: "unknown",
      seed: "unknown",
    });
    expect(probed.capabilities?.topLogprobs).toBe(5);
  });

  it("finds a model without system messages", async () => {
    behave(({ messages }) =>
      messages[0]?.role === "system" ? { status: 400, message: "System role not supported" } : null,
    );
    const probed = await probe("gemma");
    expect(probed.capabilities).toMatchObject({ refused: ["system"], listed: false });
    expect(states(probed)).toMatchObject({ systemMessage: "no", logprobs: "yes" });
  });

  it.each([
    [401, "Incorrect API key", "auth", 0],
    [404, "The model `x` does not exist", "model_refused", 1],
    [429, "Rate limit", "rate_limited", 1],
    [500, "oops", "provider_error", 1],
  ])("status %i leaves what was known as it was", async (status, message, kind, most) => {
    behave(() => null);
    const before = (await probe("kept")).capabilities;
    provider.calls.length = 0;
    provider.answer((response, { path }) =>
      path.endsWith("/models") && status !== 401
        ? json(response, { data: [] })
        : json(response, { error: { message, code: null } }, status),
    );
    expect(await probe("kept")).toEqual({
      capabilities: null,
      error: { kind, message: expect.stringContaining(message) },
      completions: most,
    });
    expect(completions()).toHaveLength(most);
    expect((await info("kept")).capabilities).toEqual(before);
  });

  it("refuses a private address by its field", async () => {
    const work = probeModel(test.db, member, llm(), {
      provider: "google",
      baseUrl: "http://127.0.0.1:1/v1",
      model: "m",
    });
    await expect(work).rejects.toMatchObject({ code: "invalid", errors: [{ path: "baseUrl" }] });
  });

  it("finds that the built-in model gives log-probabilities, but reads no schema", async () => {
    const builtin = await startBuiltinModel(sampleTraining());
    offerBuiltinModel(builtin);
    try {
      const probed = await probeModel(test.db, member, createLlm(), {
        provider: "openai:chat",
        baseUrl: "builtin",
        model: "tandem-tiny",
      });
      expect(probed).toMatchObject({ error: null, completions: 1, capabilities: { listed: true } });
      expect(states(probed)).toMatchObject({ logprobs: "yes", structuredOutput: "no", batch: "no" });
    } finally {
      withdrawBuiltinModel();
      await builtin.close();
    }
  });
});

it("a preview warns of what the model was found to refuse", async () => {
  behave(({ temperature }) =>
    temperature === undefined ? null : { status: 400, message: "x", param: "temperature" },
  );
  await probe("warned");
  const { warnings } = await previewDraft(test.db, member, {
    provider: "openai:chat",
    model: { model: "warned", temperature: 0 },
    prompt: { labels: ["sentiment"] },
    texts: ["A text."],
    limit: 1,
  });
  expect(warnings).toEqual([{ path: "model.temperature", message: expect.stringContaining("left out") }]);
});

it("one project's findings are not another's", async () => {
  behave(() => null);
  await probe("shared");
  const actor = await createActor(test.db);
  const { id } = await createProject(test.db, actor, { name: "Other" });
  const other = await proveMembership(test.db, actor, id);
  expect(
    (await getModelInfo(test.db, other, { provider: "openai:chat", model: "shared" })).capabilities,
  ).toBeNull();
});
