import { afterEach, describe, expect, it } from "vitest";
import {
  json,
  type ScriptedProvider,
  startScriptedProvider,
} from "@/server/platform/llm/testing/scripted-provider";
import { waitFor } from "@/server/testing/wait-for";
import { jobTests } from "../../testing/harness";
import { findBatches, type Scenario, start, texts } from "../../testing/scenario";

const { scenario, work, until } = jobTests();
const doubles: ScriptedProvider[] = [];

afterEach(async () => {
  for (const double of doubles.splice(0)) await double.close();
});

type Batch = { id: string; ids: string[]; ended: boolean; created_at: string };
type Behaviour = { ready: boolean; dropCreate: boolean; become: (number: number) => string };

/** Anthropic's message batches (docs.claude.com/en/api/creating-message-batches). */
async function startMessageBatches(behaviour: Behaviour) {
  const double = await startScriptedProvider();
  doubles.push(double);
  const batches: Batch[] = [];
  const shown = ({ id, ids, ended, created_at }: Batch) => ({
    id,
    type: "message_batch",
    processing_status: ended ? "ended" : "in_progress",
    created_at,
    request_counts: {
      processing: ended ? 0 : ids.length,
      succeeded: ended ? ids.length : 0,
      errored: 0,
      canceled: 0,
      expired: 0,
    },
    results_url: null,
  });
  const message = {
    type: "message",
    model: "claude-test",
    content: [{ type: "text", text: "Sentiment: positive" }],
    stop_reason: "end_turn",
    usage: { input_tokens: 20, output_tokens: 5 },
  };
  double.answer((response, { method, path, body }) => {
    if (method === "POST" && path === "/v1/messages/batches") {
      const { requests } = body as { requests: { custom_id: string }[] };
      const ids = requests.map(({ custom_id }) => custom_id);
      const created_at = new Date().toISOString();
      const batch = { id: `msgbatch_${batches.length + 1}`, ids, ended: false, created_at };
      batches.push(batch);
      return behaviour.dropCreate ? void response.destroy() : json(response, shown(batch));
    }
    if (behaviour.ready) for (const batch of batches) batch.ended = true;
    if (method === "GET" && path.startsWith("/v1/messages/batches?"))
      return json(response, { data: [...batches].reverse().map(shown), has_more: false });
    const batch = batches.find(({ id }) => path.includes(`/${id}`));
    if (!batch) return json(response, { type: "error", error: { type: "not_found_error" } }, 404);
    if (!path.endsWith("/results")) return json(response, shown(batch));
    const lines = batch.ids.map((custom_id, at) => {
      const type = behaviour.become(at);
      const error = { type: "error", error: { type: "invalid_request_error", message: "too long" } };
      return JSON.stringify({ custom_id, result: { type, message, error } });
    });
    response.writeHead(200).end(lines.join("\n"));
  });
  return { double, batches };
}

async function asAnthropic(count: number, baseUrl: string): Promise<Scenario> {
  const made = await scenario({ contents: texts(count), baseUrl });
  await findBatches({ ...made, double: { ...made.double, url: baseUrl } });
  await made.db.modelCapability.updateMany({
    where: { projectId: made.actor.projectId },
    data: { provider: "anthropic" },
  });
  await made.db.agentVersion.update({ where: { id: made.agentVersionId }, data: { provider: "anthropic" } });
  return made;
}

describe("message batches", () => {
  it("bring a job to its end, each result by what became of it", async () => {
    const behaviour: Behaviour = {
      ready: true,
      dropCreate: false,
      become: (at) => (at === 0 ? "errored" : "succeeded"),
    };
    const { double, batches } = await startMessageBatches(behaviour);
    const made = await asAnthropic(5, double.baseUrl);
    await work(made);
    const job = await until(made, (await start(made, { mode: "batch", labelMetadata: [] })).id);
    expect(job).toMatchObject({
      status: "succeeded",
      counts: { called: 4, parsed: 4, callFailed: 1, uncertain: 0 },
      errors: [{ kind: "bad_request", count: 1 }],
    });
    expect(batches).toHaveLength(1);
    expect(double.calls.some(({ method }) => method === "DELETE")).toBe(true);
  });

  it("whose id was not learned are waited for until they show whose they are, and not made again", async () => {
    const behaviour: Behaviour = { ready: false, dropCreate: true, become: () => "succeeded" };
    const { double, batches } = await startMessageBatches(behaviour);
    const made = await asAnthropic(5, double.baseUrl);
    await work(made);
    const { id } = await start(made, { mode: "batch", labelMetadata: [] });
    const lists = () => double.calls.filter(({ path }) => path.startsWith("/v1/messages/batches?")).length;
    // Longer than after which one that is not listed would be given up.
    await waitFor("some looks", () => lists() > 3);
    expect(batches).toHaveLength(1);
    behaviour.dropCreate = false;
    behaviour.ready = true;
    expect(await until(made, id)).toMatchObject({ status: "succeeded", counts: { called: 5, uncertain: 0 } });
    expect(batches).toHaveLength(1);
  });
});
