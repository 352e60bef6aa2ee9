import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { completeJob } from "../../testing/complete-job";
import { type Asked, problem, type SmallServer, startSmallServer } from "../../testing/small-server";
import { agent, idOf, list, subset } from "../testing/api-answers";
import { callCli } from "../testing/call-cli";

let server: SmallServer;
let folder: string;
beforeAll(async () => {
  [server, folder] = await Promise.all([startSmallServer(), mkdtemp(path.join(tmpdir(), "tandem-cli-"))]);
});
afterAll(() => Promise.all([server.close(), rm(folder, { recursive: true })]));

const call = (args: string[]) => callCli(args, { url: server.url });

describe("run", () => {
  const answers = ({ method, path: asked }: Asked) => {
    if (method === "POST")
      return { body: completeJob({ id: "j", counts: { ...completeJob({}).counts, total: 7 } }) };
    if (asked === "/projects/p/agents")
      return { body: list([agent(1, "First"), agent(2, "Twice"), agent(3, "Twice")]) };
    if (asked === "/projects/p/subsets") return { body: list([subset(8, "good")]) };
    if (asked === `/projects/p/subsets/${idOf(8)}`) return { body: subset(8, "good") };
    return asked === `/projects/p/agents/${idOf(2)}`
      ? { body: agent(2, "Twice") }
      : problem(404, "not_found");
  };
  const started = () => JSON.parse(server.asked.find(({ method }) => method === "POST")?.body ?? "");

  it("starts a job of what is called by name, and prints its id alone", async () => {
    server.answer(answers);
    const { code, out, err } = await call(["run", "First", "--subset", "good", "--conf", "--cap", "2.5"]);
    expect([code, out]).toEqual([0, "j\n"]);
    expect(err).toBe("Started on 7 records. Watch it: tandem watch j\n");
    expect(started()).toEqual({
      ...{
        agentId: idOf(1),
        subsetId: idOf(8),
        labels: ["sentiment"],
        labelMetadata: ["conf"],
        spendCapUsd: 2.5,
      },
    });
  });

  it("takes ids, a query, other labels, and a key out of a file", async () => {
    server.answer(answers);
    const key = path.join(folder, "key");
    await writeFile(key, "sk-1\n");
    const flags = ["--query", '{"keyword": "late"}', "--labels", "a,b", "--key-file", key];
    expect((await call(["run", idOf(2), ...flags])).code).toBe(0);
    expect(started()).toMatchObject({
      agentId: idOf(2),
      query: { keyword: "late" },
      labels: ["a", "b"],
      apiKey: "sk-1",
    });
  });

  it("starts nothing of a name that is two agents', or nobody's", async () => {
    server.answer(answers);
    const twice = await call(["run", "Twice", "--all"]);
    expect(twice.code).toBe(1);
    expect(twice.err).toBe(
      `2 agents are called "Twice"; give the id: ${idOf(2)} (Ada, 2026-12-01); ${idOf(3)} (Ada, 2026-12-01).\n`,
    );
    expect((await call(["run", "first", "--all"])).err).toBe(
      'No agent is called "first", and none has that id. There are: First, Twice, Twice.\n',
    );
    expect((await call(["run", "First", "--subset", idOf(9)])).err).toContain("No subset is called");
    expect(server.asked.filter(({ method }) => method === "POST")).toEqual([]);
  });

  it("watches when it is asked to, and ends as the job does", async () => {
    const job = completeJob({
      status: "failed",
      errors: [{ kind: "timeout", count: 3, sample: "too late" }],
    });
    server.answer((asked) => {
      if (!asked.path.endsWith("/events"))
        return asked.path.endsWith("/jobs/j") ? { body: job } : answers(asked);
      return (response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.end(`data: ${JSON.stringify(job)}\n\n`);
      };
    });
    const told = await call(["run", "First", "--all", "--watch"]);
    expect(told.code).toBe(1);
    expect(told.out).toContain("status\tfailed\n");
    expect(told.out).toContain("error timeout\t3 times: too late\n");
    const lines = (await call(["run", "First", "--all", "--watch", "--json"])).out.trimEnd().split("\n");
    expect(JSON.parse(lines.at(-1) ?? "")).toEqual(job);
  });

  it("says why nothing moves while the provider is away, and waits", async () => {
    const away = completeJob({ status: "paused", pausedReason: "provider_outage" });
    const done = completeJob({ status: "succeeded" });
    server.answer(({ path: asked }) => {
      if (!asked.endsWith("/events")) return { body: away };
      return (response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.write(`data: ${JSON.stringify(away)}\n\n`);
        response.end(`data: ${JSON.stringify(done)}\n\n`);
      };
    });
    const { code, err } = await call(["watch", "j"]);
    expect(code).toBe(0);
    expect(err).toBe(
      "First v1 paused: 0 of 0 records. The provider does not answer: the job goes on by itself when it is back.\n",
    );
  });
});
