import { parse } from "csv-parse/sync";
import type { Agent } from "@/contracts/agents";
import type { AggregationPage } from "@/contracts/aggregation";
import type { CompareResult } from "@/contracts/compare";
import type { ImportRun } from "@/contracts/imports";
import type { Job, JobItem } from "@/contracts/jobs";
import type { RecordRow } from "@/contracts/records";
import type { Session, SessionItem } from "@/contracts/sessions";
import type { Verification } from "@/contracts/verifications";
import { type LlmDouble, startLlmDouble } from "@/server/testing/llm-double";
import { waitFor } from "@/server/testing/wait-for";
import { expect, OWNER, test } from "./fixtures";
import { CANARY_KEYS } from "./leaks";
import {
  callsDuring,
  type ExpectedJob,
  expectedAccuracy,
  expectedConflicts,
  expectedJob,
  expectedPair,
} from "./walkthrough/expected-job";
import { mcnemarExact, newcombePaired, wilson95 } from "./walkthrough/figures";
import { allPages, createRestClient, type RestClient } from "./walkthrough/rest-client";
import { columns, doubleSettings, labelSchema, loadScenario } from "./walkthrough/scenario";

type List<T> = { items: T[]; nextCursor: string | null; total: number };
type Person = { id: string; api: RestClient };

const scenario = loadScenario();
const project = "airline-by-rest";
const at = `/projects/${project}`;
let double: LlmDouble;

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  double = await startLlmDouble(doubleSettings);
});
test.afterAll(() => double.close());

test("the twelve steps by REST alone", async ({ tandem }) => {
  const anybody = createRestClient(tandem.url);
  const { token } = await anybody.post<{ token: string }>("/auth/tokens", OWNER, { status: 201 });
  const api = createRestClient(tandem.url, token);

  await test.step("1 project, schema, import", async () => {
    await api.post("/projects", { name: "Airline", slug: project }, { status: 201 });
    await api.put(`${at}/schema`, { label_schema: labelSchema });
    const query = `id=${columns.id}&content=${columns.content}&metadata=${columns.gold}&visibility=${columns.gold}:gold`;
    const { id } = await api.post<{ id: string }>(`${at}/imports?${query}`, scenario.csv, {
      status: 202,
      headers: { "content-type": "text/csv" },
    });
    const run = await waitFor("the import to end", async () => {
      const found = await api.get<ImportRun>(`${at}/imports/${id}`);
      return found.finishedAt ? found : undefined;
    });
    expect(run).toMatchObject({
      status: "succeeded",
      read: scenario.read,
      imported: scenario.rows.length,
      skipped: scenario.read - scenario.rows.length,
      refused: 0,
    });
  });

  const [ada, ben] = await test.step("2 two people join by a link", async () => {
    const join = async (name: string): Promise<Person> => {
      const invitation = await api.post<{ token: string; url: string }>(
        `${at}/invitations`,
        { role: "reviewer" },
        { status: 201 },
      );
      const joined = await anybody.post<{ user: { id: string }; token: string }>(
        "/join",
        { token: invitation.token, name },
        { status: 201, headers: { origin: tandem.url } },
      );
      return { id: joined.user.id, api: createRestClient(tandem.url, joined.token) };
    };
    return [await join("Ada"), await join("Ben")] as const;
  });

  const prompt = { labels: ["sentiment"], answer: "text" };
  const first = await test.step("3, 4 an agent, its exact prompt on real records", async () => {
    const agent = await api.post<Agent>(
      `${at}/agents`,
      {
        name: "GPT 3.5",
        provider: "openai:chat",
        baseUrl: double.url,
        model: { model: "gpt-3.5-turbo", temperature: 0 },
        prompt,
      },
      { status: 201 },
    );
    expect(agent.version).toBe(1);
    const preview = await api.post<{ items: { prompt: string }[] }>(`${at}/agents/${agent.id}/preview`, {
      limit: 3,
    });
    expect(preview.items).toHaveLength(3);
    preview.items.forEach((item, index) => {
      expect(item.prompt).toContain(scenario.rows[index]?.content);
      expect(item.prompt).toContain("positive, negative or neutral");
    });
    return agent;
  });

  const subset = await test.step("5 search, and keep what was found", async () => {
    const query = { keyword: scenario.keyword };
    const found = await allPages((cursor) =>
      api.post<List<RecordRow>>(`${at}/records/search`, { query, limit: 100, ...(cursor ? { cursor } : {}) }),
    );
    expect(found.map((record) => record.externalId)).toEqual(scenario.found.map((row) => row.id));
    const made = await api.post<{ id: string; count: number }>(
      `${at}/subsets`,
      { name: scenario.keyword, kind: "static", query },
      { status: 201 },
    );
    expect(made.count).toBe(scenario.found.length);
    return made;
  });

  async function run(agent: { id?: string; versionId?: string }, subsetId: string) {
    return callsDuring(double, async () => {
      const started = await api.post<Job>(
        `${at}/jobs`,
        {
          ...(agent.id ? { agentId: agent.id } : { agentVersionId: agent.versionId }),
          subsetId,
          labels: ["sentiment"],
          labelMetadata: ["conf"],
          apiKey: CANARY_KEYS.job,
        },
        { status: 202 },
      );
      return waitFor(
        "the job to end",
        async () => {
          const job = await api.get<Job>(`${at}/jobs/${started.id}`);
          return job.finishedAt ? job : undefined;
        },
        60_000,
      );
    });
  }

  async function expectReport(job: Job, expected: ExpectedJob, total: number) {
    expect(job.status).toBe("succeeded");
    expect(job.counts).toMatchObject({
      total,
      prompted: total,
      promptInvalid: 0,
      callFailed: 0,
      parsed: expected.parsed,
      invalid: expected.invalid,
      uncertain: 0,
    });
    expect(job.distribution.sentiment).toEqual(expected.distribution);
    expect(job.tokens).toMatchObject(expected.tokens);
    expect(JSON.stringify(job)).not.toContain(CANARY_KEYS.job);
    const items = await allPages((cursor) =>
      api.get<List<JobItem>>(`${at}/jobs/${job.id}/items?limit=500${cursor ? `&cursor=${cursor}` : ""}`),
    );
    expect(items).toHaveLength(total);
    for (const item of items) {
      const label = expected.labels.get(item.externalId);
      expect(item.status).toBe(label ? "parsed" : "invalid");
      if (!label) continue;
      expect(item.value).toEqual([label.value]);
      expect(Math.abs((item.conf ?? Number.NaN) - label.conf)).toBeLessThan(1e-9);
    }
  }

  const [job, expected] = await test.step("6 the job, its report and its items", async () => {
    const [done, calls] = await run(first, subset.id);
    const wanted = expectedJob(scenario.found, calls);
    expect(calls).toHaveLength(wanted.prompts);
    expect(calls.every((call) => call.authorization === `Bearer ${CANARY_KEYS.job}`)).toBe(true);
    await expectReport(done, wanted, scenario.found.length);
    return [done, wanted] as const;
  });

  const goldOf = new Map(scenario.rows.map((row) => [row.id, row.gold]));
  const verdicts = new Map<string, { value: string; status: "CONFIRMS" | "CORRECTS"; by: string }>();

  async function verify(
    person: Person,
    items: readonly SessionItem[],
    values: (item: SessionItem) => string,
    sessionId?: string,
  ) {
    const answer = await person.api.post<{ items: { status: string }[] }>(`${at}/verifications`, {
      jobId: job.id,
      ...(sessionId ? { sessionId } : {}),
      items: items.map((item) => ({ annotationId: item.annotationId, value: [values(item)] })),
    });
    items.forEach((item, index) => {
      const value = values(item);
      const status = value === item.value?.[0] ? "CONFIRMS" : "CORRECTS";
      expect(answer.items[index]?.status).toBe(status);
      verdicts.set(item.externalId, { value, status, by: person.id });
    });
  }

  await test.step("7 a session by confidence: two corrected, others confirmed, by two people", async () => {
    const session = await ada.api.post<Session>(
      `${at}/sessions`,
      { label: "sentiment", jobIds: [job.id], order: "confidence" },
      { status: 201 },
    );
    expect(session.counts).toMatchObject({ total: expected.parsed, verified: 0, left: expected.parsed });
    const items = await allPages((cursor) =>
      ben.api.get<List<SessionItem>>(
        `${at}/sessions/${session.id}/items?limit=500${cursor ? `&cursor=${cursor}` : ""}`,
      ),
    );
    const confidences = items.map((item) => item.conf ?? 0);
    expect(confidences).toEqual([...confidences].sort((a, b) => a - b));
    expect(items.map((item) => item.externalId).sort()).toEqual(
      [...expected.labels].flatMap(([id, label]) => (label ? [id] : [])).sort(),
    );
    const another = (item: SessionItem) => (item.value?.[0] === "pos" ? "neg" : "pos");
    await verify(ada, items.slice(0, 2), another, session.id);
    await verify(ben, items.slice(2, 8), (item) => item.value?.[0] ?? "", session.id);
    const after = await ada.api.get<Session>(`${at}/sessions/${session.id}`);
    expect(after.counts).toMatchObject({
      verified: 8,
      confirmed: 6,
      corrected: 2,
      left: expected.parsed - 8,
    });
    const [low, high] = wilson95(6, 8);
    expect(after.agreement?.n).toBe(8);
    expect(after.agreement?.low).toBeCloseTo(low, 9);
    expect(after.agreement?.high).toBeCloseTo(high, 9);
  });

  await test.step("8 what is unverified with conf < 0.99", async () => {
    const query = {
      and: [
        { verification: { label: "sentiment", mode: "UNVERIFIED", jobIds: [job.id] } },
        { labelMetadata: { label: "sentiment", name: "conf", op: "<", value: 0.99, annotators: [job.id] } },
      ],
    };
    const wanted = scenario.found.filter(({ id }) => {
      const label = expected.labels.get(id);
      return label && label.conf < 0.99 && !verdicts.has(id);
    });
    const found = await allPages((cursor) =>
      ben.api.post<List<RecordRow>>(`${at}/records/search`, { query, ...(cursor ? { cursor } : {}) }),
    );
    expect(found.map((record) => record.externalId)).toEqual(wanted.map((row) => row.id));
    const session = await ben.api.post<Session>(
      `${at}/sessions`,
      { label: "sentiment", jobIds: [job.id], query },
      { status: 201 },
    );
    const items = await allPages((cursor) =>
      ben.api.get<List<SessionItem>>(
        `${at}/sessions/${session.id}/items?limit=500${cursor ? `&cursor=${cursor}` : ""}`,
      ),
    );
    expect(items).toHaveLength(wanted.length);
    const gold = (item: SessionItem) => goldOf.get(item.externalId) ?? "";
    for (let from = 0; from < items.length; from += 50)
      await verify(ben, items.slice(from, from + 50), gold, session.id);
    const left = await ben.api.post<List<RecordRow>>(`${at}/records/search`, { query });
    expect(left.total).toBe(0);
  });

  await test.step("9 the CORRECTS verdicts", async () => {
    const listed = await allPages((cursor) =>
      api.get<List<Verification>>(
        `${at}/verifications?jobId=${job.id}&status=CORRECTS&limit=200${cursor ? `&cursor=${cursor}` : ""}`,
      ),
    );
    const wanted = [...verdicts.values()].filter((verdict) => verdict.status === "CORRECTS");
    expect(listed).toHaveLength(wanted.length);
    expect(listed.filter((verdict) => verdict.verifier.id === ada.id)).toHaveLength(2);
  });

  const [secondJob, secondExpected] =
    await test.step("10 a second agent, and where the two differ", async () => {
      const second = await api.post<Agent>(
        `${at}/agents`,
        {
          name: "GPT 4",
          provider: "openai:chat",
          baseUrl: double.url,
          model: { model: "gpt-4", temperature: 1 },
          prompt,
        },
        { status: 201 },
      );
      const [done, calls] = await run(second, subset.id);
      const wanted = expectedJob(scenario.found, calls);
      await expectReport(done, wanted, scenario.found.length);
      const query = { label: { name: "sentiment", op: "conflicts", annotators: [job.id, done.id] } };
      const conflicts = expectedConflicts(scenario.found, expected, wanted);
      const found = await allPages((cursor) =>
        api.post<List<RecordRow>>(`${at}/records/search`, { query, ...(cursor ? { cursor } : {}) }),
      );
      expect(found.map((record) => record.externalId)).toEqual(conflicts);
      const session = await api.post<Session>(
        `${at}/sessions`,
        { label: "sentiment", jobIds: [job.id, done.id], query },
        { status: 201 },
      );
      expect(session.counts.total).toBe(2 * conflicts.length);
      return [done, wanted] as const;
    });

  await test.step("11 a better instruction: its diff, and both versions on held-out records", async () => {
    const version = await api.post<{ versionId: string; version: number; diff: unknown; template: string }>(
      `${at}/agents/${first.id}/versions`,
      {
        prompt: {
          ...prompt,
          taskInstruction:
            "You are a support analyst. Classify the text as {{options}}. A question without feeling is neutral.",
          examples: [
            { text: "Is there a lounge at gate four of the old terminal?", labels: { sentiment: ["neu"] } },
          ],
        },
      },
      { status: 201 },
    );
    expect(version.version).toBe(2);
    expect(JSON.stringify(version.diff)).toContain("A question without feeling is neutral.");
    const heldOut = await api.post<{ id: string; count: number }>(
      `${at}/subsets`,
      { name: "held out", kind: "static", sort: { by: "externalId", order: "desc" }, limit: 30 },
      { status: 201 },
    );
    expect(heldOut.count).toBe(30);
    const [before, callsBefore] = await run({ versionId: first.versionId }, heldOut.id);
    const [after, callsAfter] = await run({ versionId: version.versionId }, heldOut.id);
    // What the first version was asked before is answered from the project's cache.
    const a = expectedJob(scenario.heldOut, [
      ...double.calls.filter((call) => call.model === "gpt-3.5-turbo" && !callsAfter.includes(call)),
    ]);
    const b = expectedJob(scenario.heldOut, callsAfter);
    const known = scenario.heldOut.filter((row) => expected.labels.has(row.id)).length;
    expect(callsBefore.length).toBeLessThanOrEqual(30 - known);
    await expectReportOf(before, a);
    await expectReportOf(after, b);

    const compared = await api.post<CompareResult>(`${at}/compare`, {
      label: "sentiment",
      annotators: [before.id, after.id],
      gold: { metadata: columns.gold },
      subsetId: heldOut.id,
    });
    expect(compared.goldInvalid).toBe(0);
    [a, b].forEach((wanted, index) => {
      const { n, correct } = expectedAccuracy(scenario.heldOut, wanted);
      const [low, high] = wilson95(correct, n);
      const found = compared.annotators[index];
      expect(found).toMatchObject({ n, correct });
      expect(found?.accuracy).toBeCloseTo(correct / n, 12);
      expect(found?.interval?.[0]).toBeCloseTo(low, 9);
      expect(found?.interval?.[1]).toBeCloseTo(high, 9);
    });
    const { both, onlyA, onlyB, neither, n } = expectedPair(scenario.heldOut, a, b);
    const [pair] = compared.pairs;
    expect(pair).toMatchObject({ n, both, onlyA, onlyB, neither });
    expect(pair?.difference).toBeCloseTo((onlyA - onlyB) / n, 12);
    const [low, high] = newcombePaired(both, onlyA, onlyB, neither);
    expect(pair?.interval?.[0]).toBeCloseTo(low, 9);
    expect(pair?.interval?.[1]).toBeCloseTo(high, 9);
    expect(pair?.mcnemarP).toBeCloseTo(mcnemarExact(onlyA, onlyB), 12);
  });

  function expectReportOf(found: Job, wanted: ExpectedJob) {
    expect(found.counts).toMatchObject({ total: 30, parsed: wanted.parsed, invalid: wanted.invalid });
    expect(found.distribution.sentiment).toEqual(wanted.distribution);
  }

  await test.step("12 agents with their jobs; final labels with their provenance", async () => {
    const agents = await api.get<List<Agent>>(`${at}/agents?provider=openai:chat&includeJobs=1`);
    expect(agents.items.map((agent) => [agent.name, agent.jobs?.length]).sort()).toEqual([
      ["GPT 3.5", 3],
      ["GPT 4", 1],
    ]);
    const snapshot = await api.post<AggregationPage>(
      `${at}/aggregations`,
      { label: "sentiment", policy: "verified-first", annotators: [job.id, secondJob.id] },
      { status: 201 },
    );
    const { text, headers } = await api.call(
      "GET",
      `${at}/export?kind=final&format=csv&snapshot=${snapshot.id}`,
    );
    expect(headers.get("x-tandem-snapshot")).toBe(snapshot.id);
    const rows: Record<string, string>[] = parse(text, { columns: true });
    const wanted = scenario.found.filter(
      ({ id }) => expected.labels.get(id) || secondExpected.labels.get(id),
    );
    expect(rows.map((row) => row.external_id)).toEqual(wanted.map((row) => row.id));
    for (const row of rows) {
      const id = row.external_id ?? "";
      const verdict = verdicts.get(id);
      const [one, other] = [expected.labels.get(id)?.value, secondExpected.labels.get(id)?.value];
      const voted = !one || !other || one === other ? (one ?? other) : "";
      expect({ id, value: row.value, verdict: row.verdict }).toEqual({
        id,
        value: verdict?.value ?? voted,
        verdict: verdict?.status ?? "",
      });
      expect(row.policy).toBe("verified-first");
      expect(row.snapshot_id).toBe(snapshot.id);
    }
  });
});
