import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Authentication } from "./authentication";
import { Controller } from "./controller";
import { PromptTemplate } from "./prompt-template";
import { Service } from "./service";
import { completeJob } from "./testing/complete-job";
import { type Asked, problem, type SmallServer, startSmallServer } from "./testing/small-server";

let server: SmallServer;
let auth: Authentication;
let service: Service;
beforeAll(async () => {
  server = await startSmallServer();
  auth = new Authentication({ url: server.url, token: "top-secret" });
  service = new Service({ auth, project: "p" });
});
afterAll(() => server.close());

const bodyOf = ({ body }: Asked) => JSON.parse(body);
const list = (items: unknown[], nextCursor: string | null = null) => ({
  items,
  nextCursor,
  total: 9,
  totalExact: true,
});

describe("who calls", () => {
  it("signs in with a password, which goes once and without a key", async () => {
    server.answer(() => ({ status: 201, body: { id: "t", token: "fresh", expiresAt: "" } }));
    const made = await Authentication.signIn({
      url: server.url,
      email: "a@b.c",
      password: "p w",
      note: "script",
    });
    expect(made.getToken()).toBe("fresh");
    expect(bodyOf(server.asked[0] as Asked)).toEqual({ email: "a@b.c", password: "p w", note: "script" });
    expect(server.asked[0]?.headers).not.toHaveProperty("idempotency-key");
    expect(server.asked[0]?.headers).not.toHaveProperty("authorization");
  });

  it("joins by an invitation, and says so when the answer with the token was lost", async () => {
    const joined = { user: { id: "u" }, project: { slug: "airline" }, token: "guest" };
    server.answer((_, nth) => (nth === 0 ? "lost" : { status: 201, body: joined }));
    const guest = await Authentication.join({ url: server.url, invitation: "i", name: "Ada" });
    expect([guest.project, guest.getToken()]).toEqual(["airline", "guest"]);
    expect(server.asked[1]?.headers["idempotency-key"]).toBe(server.asked[0]?.headers["idempotency-key"]);
    server.answer(() => ({ status: 201, body: { ...joined, token: null, code: "secret_already_shown" } }));
    await expect(
      Authentication.join({ url: server.url, invitation: "i", name: "Ada" }),
    ).rejects.toMatchObject({
      code: "secret_already_shown",
    });
  });

  it("is asked once, again after a failure, and shows no token in a log", async () => {
    server.answer((_, nth) => (nth === 0 ? problem(403, "forbidden") : { body: { id: "u", name: "Ada" } }));
    await expect(auth.me()).rejects.toMatchObject({ code: "forbidden" });
    await Promise.all([auth.me(), auth.me()]);
    expect(server.asked).toHaveLength(2);
    expect(inspect(service, { depth: 9, showHidden: true })).not.toContain("top-secret");
    expect(JSON.stringify(auth)).not.toContain("top-secret");
  });

  it("must name a project somewhere", () => {
    expect(() => new Service({ auth })).toThrow(/Name the project/);
    const withProject = new Authentication({ url: server.url, token: "t", project: "q" });
    expect(new Service({ auth: withProject }).project).toBe("q");
  });
});

describe("an import", () => {
  const run = { id: "i", status: "succeeded", finishedAt: "now", error: null, imported: 2 };
  const running = { ...run, status: "running", finishedAt: null };

  it("sends rows as lines of JSON, and waits for the report", async () => {
    server.answer(({ method }, nth) => ({ body: method === "POST" || nth < 3 ? running : run }));
    const states: string[] = [];
    const rows = [
      { id: 1, content: 'a "b"\n', gold: "pos" },
      { id: 2, content: "c" },
    ];
    const settings = { metadata: ["gold", "a,b"], visibility: { gold: "gold" as const } };
    const report = await service.importData(rows, settings, {
      onProgress: ({ status }) => states.push(status),
    });
    expect(report).toEqual(run);
    expect(states).toEqual(["running", "running", "succeeded"]);
    const [sent] = server.asked;
    expect(sent).toMatchObject({
      method: "POST",
      path: "/projects/p/imports",
      body: rows.map((row) => `${JSON.stringify(row)}\n`).join(""),
    });
    expect(sent?.headers["content-type"]).toBe("application/x-ndjson");
    expect([...(sent?.query ?? [])]).toEqual([
      ["id", "id"],
      ["content", "content"],
      ["metadata", "gold"],
      ["metadata", "a,b"],
      ["visibility", '{"gold":"gold"}'],
      ["format", "jsonl"],
    ]);
  });

  it("takes a path, a File and a stream, and names what it knows", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "tandem-sdk-"));
    const file = path.join(folder, "rows.csv");
    await writeFile(file, "id,content\n");
    server.answer(() => ({ body: run }));
    await service.importFile(file);
    await service.importFile(new File(["id,content\n"], "rows.tsv", { type: "text/csv" }), {
      encoding: "utf-8",
    });
    await service.importFile(new Blob(["id,content\n"]).stream(), { format: "csv" });
    await rm(folder, { recursive: true });
    const sent = server.asked.filter(({ method }) => method === "POST");
    expect(sent.map(({ query, headers, body }) => [query.toString(), headers["content-type"], body])).toEqual(
      [
        ["fileName=rows.csv", "application/octet-stream", "id,content\n"],
        ["fileName=rows.tsv&encoding=utf-8", "text/csv", "id,content\n"],
        ["format=csv", "application/octet-stream", "id,content\n"],
      ],
    );
  });

  it("that fails throws why", async () => {
    const errors = [{ path: "content", message: "there is no column text" }];
    server.answer(() => ({
      body: { ...run, status: "failed", error: { code: "invalid_mapping", detail: "no", errors } },
    }));
    await expect(service.importData([])).rejects.toMatchObject({ code: "invalid_mapping", errors });
  });
});

it("works a metadata value out of every record, in batches", async () => {
  server.answer((asked) => {
    if (asked.method === "PUT") return { body: { updated: bodyOf(asked).values.length, unchanged: 0 } };
    const from = Number(bodyOf(asked).cursor ?? 0);
    const items = [from, from + 1].map((n) => ({ id: `r${n}`, content: "x".repeat(n) }));
    return { body: list(items, from < 4 ? String(from + 2) : null) };
  });
  const compute = async (content: string) => (content.length < 2 ? undefined : content.length);
  expect(await service.setMetadata("length", compute, 2)).toEqual({ records: 6, updated: 4, unchanged: 0 });
  expect(server.asked.filter(({ method }) => method === "PUT").map(bodyOf)).toEqual([
    { name: "length", values: [2, 3].map((n) => ({ recordId: `r${n}`, value: n })) },
    { name: "length", values: [4, 5].map((n) => ({ recordId: `r${n}`, value: n })) },
  ]);
});

it("exports a file with what its headers tell", async () => {
  const headers = {
    "content-disposition": "attachment; filename=\"p.csv\"; filename*=UTF-8''caf%C3%A9.csv",
    "x-tandem-snapshot": "s1, s2",
    "content-type": "text/csv",
  };
  server.answer(() => ({ headers, body: "a,b\r\n1,2\r\n" }));
  const file = await service.export({ kind: "final", query: { keyword: "a" }, bom: true });
  expect(file).toMatchObject({
    fileName: "café.csv",
    snapshots: ["s1", "s2"],
    contentType: "text/csv",
    types: null,
  });
  expect(await file.text()).toBe("a,b\r\n1,2\r\n");
  expect(server.asked[0]?.query.toString()).toBe("kind=final&bom=true&query=%7B%22keyword%22%3A%22a%22%7D");
});

it("finds what is assigned to the caller, or to somebody, or the last of it", async () => {
  server.answer(({ path }) => ({
    body:
      path === "/me"
        ? { id: "me" }
        : list([
            { user: { id: "you" }, subsetId: "s2" },
            { user: { id: "me" }, subsetId: "s1" },
          ]),
  }));
  const mine = new Service({ auth: new Authentication({ url: server.url, token: "t" }), project: "p" });
  expect((await mine.getAssignment()).query).toEqual({ assignedTo: "me" });
  expect((await mine.getAssignment({ person: "you" })).query).toEqual({ assignedTo: "you" });
  const latest = await mine.getAssignment({ latestOnly: true });
  expect(latest.query).toEqual({ and: [{ assignedTo: "me" }, { subset: "s1" }] });
});

describe("a prompt template", () => {
  const labelSchema = [
    { name: "sentiment", level: "record" as const, options: [{ value: "pos", text: "positive" }] },
  ];

  it("is made by the server, from the schema and the sections as they are now", async () => {
    server.answer(() => ({ body: { template: "Label {{input}}", items: [] } }));
    const template = new PromptTemplate({ service, labelSchema, labelNames: ["sentiment"], answer: "json" });
    expect(await template.getTemplate()).toBe("Label {{input}}");
    template.setInstruction({ taskInstruction: "Read it." });
    await template.preview({ texts: ["a"] });
    const [plain, changed] = server.asked;
    expect(plain?.path).toBe("/projects/p/agents/drafts/preview");
    expect(bodyOf(plain as Asked)).toEqual({
      labelSchema,
      model: { model: "gpt-3.5-turbo" },
      prompt: { labels: ["sentiment"], answer: "json" },
      texts: [],
    });
    const prompt = { labels: ["sentiment"], answer: "json", taskInstruction: "Read it." };
    expect(template.settings).toEqual(prompt);
    expect(bodyOf(changed as Asked)).toMatchObject({ prompt, texts: ["a"] });
  });

  it("shows the first records of a search, and needs a service", async () => {
    server.answer(({ path }) => ({
      body: path.endsWith("/search") ? list([{ id: "r1" }]) : { template: "", items: [] },
    }));
    const template = new PromptTemplate({ labelNames: ["sentiment"] });
    await expect(template.getTemplate()).rejects.toThrow(/give the service/);
    await template.preview({ subset: service.search({ keyword: "a" }) }, { service });
    expect(server.asked.map(bodyOf)).toMatchObject([{ limit: 10 }, { recordIds: ["r1"] }]);
  });
});

describe("agents and jobs", () => {
  const controller = () => new Controller(service);

  it("are made with the template's settings, at OpenAI's chat where no provider is named", async () => {
    server.answer(() => ({ status: 201, body: { id: "a" } }));
    const promptTemplate = new PromptTemplate({ labelNames: ["sentiment"], system: "You label." });
    await controller().createAgent({ name: "First", model: { model: "m" }, promptTemplate });
    expect(bodyOf(server.asked[0] as Asked)).toEqual({
      name: "First",
      provider: "openai:chat",
      model: { model: "m" },
      prompt: { labels: ["sentiment"], system: "You label." },
    });
  });

  it("run on what a search finds, until they end or wait for somebody", async () => {
    const paused = completeJob({ status: "paused", pausedReason: "spend_cap" });
    const passing = completeJob({ status: "paused", pausedReason: "provider_outage" });
    const ended = completeJob({ status: "succeeded" });
    const events = (...jobs: unknown[]) => ({
      headers: { "content-type": "text/event-stream" },
      body: jobs.map((job) => `data: ${JSON.stringify(job)}\n\n`).join(""),
    });
    const settings = { agentId: "a", subset: service.search({ keyword: "a" }), labels: ["sentiment"] };
    server.answer(({ path }) =>
      path.endsWith("/events") ? events(passing, paused, ended) : { body: completeJob({}) },
    );
    expect((await controller().runJob(settings)).pausedReason).toBe("spend_cap");
    expect(bodyOf(server.asked[0] as Asked)).toEqual({
      agentId: "a",
      labels: ["sentiment"],
      query: { keyword: "a" },
    });
    expect((await controller().runJob(settings, { waitWhilePaused: true })).status).toBe("succeeded");
    expect((await controller().followJob("j")).pausedReason).toBe("spend_cap");
  });

  it("are listed page by page with their filters", async () => {
    server.answer(({ query }) => ({
      body: query.has("cursor") ? list([{ id: "b" }]) : list([{ id: "a" }], "next"),
    }));
    const agents = await controller().listAgents({ provider: "openai:chat", includeJobs: true }).all();
    expect(agents.map(({ id }) => id)).toEqual(["a", "b"]);
    expect(server.asked.map(({ query }) => query.toString())).toEqual([
      "limit=200&provider=openai%3Achat&includeJobs=true",
      "limit=200&provider=openai%3Achat&includeJobs=true&cursor=next",
    ]);
  });
});

it("asks for each figure by its name, with what narrows it", async () => {
  server.answer(() => ({ body: { n: 3 } }));
  const statistics = service.getStatistics();
  const ofJob = { jobId: "j", label: "sentiment" };
  const answers = [
    await statistics.getLabelProgress(),
    await statistics.getLabelDistributions({ label: "sentiment", by: "job" }),
    await statistics.getAnnotatorContributions({ since: "2026-12-01T00:00:00Z" }),
    await statistics.getAnnotatorAgreements({ label: "sentiment", annotators: ["a", "b"] }),
    await statistics.getCalibration(ofJob),
    await statistics.getEstimate(ofJob),
    await statistics.planAcceptance({ ...ofJob, epsilon: 0.05 }),
    await statistics.get("something-newer", { label: "sentiment" }),
  ];
  expect(answers).toEqual(Array(8).fill({ n: 3 }));
  expect(
    server.asked.map(({ path, query }) => `${path.replace("/projects/p/statistics/", "")}?${query}`),
  ).toEqual([
    "progress?",
    "distribution?label=sentiment&by=job",
    "contributions?since=2026-12-01T00%3A00%3A00Z",
    "agreement?label=sentiment&annotators=a&annotators=b",
    "calibration?jobId=j&label=sentiment",
    "estimate?jobId=j&label=sentiment",
    "accept?jobId=j&label=sentiment&epsilon=0.05",
    "something-newer?label=sentiment",
  ]);
  await statistics.applyAcceptance({ ...ofJob, epsilon: 0.05 });
  await statistics.undoAcceptance("x");
  expect(server.asked.slice(8).map(({ method, path }) => `${method} ${path}`)).toEqual([
    "POST /projects/p/statistics/accept",
    "DELETE /projects/p/statistics/accept/x",
  ]);
});

describe("a session", () => {
  it("gives the next record, or null when none is free", async () => {
    server.answer((_, nth) =>
      nth === 0
        ? { body: { item: { recordId: "r" }, lease: { id: "l" } } }
        : (response) => void response.writeHead(204).end(),
    );
    expect((await service.sessions.next("s"))?.item.recordId).toBe("r");
    expect(await service.sessions.next("s", { skip: ["r"] })).toBeNull();
    expect(bodyOf(server.asked[1] as Asked)).toEqual({ skip: ["r"] });
  });
});

it("waits until final labels are made, and throws why they are not", async () => {
  const made = { id: "g", status: "ready", error: null };
  server.answer((_, nth) => ({ body: nth === 0 ? { ...made, status: "running" } : made }));
  const input = { label: "sentiment", policy: "majority" as const };
  expect(await service.aggregations.create(input)).toEqual(made);
  server.answer(() => ({
    body: { ...made, status: "failed", error: { code: "cancelled", detail: "Stopped." } },
  }));
  await expect(service.aggregations.create(input)).rejects.toMatchObject({ code: "cancelled" });
});
