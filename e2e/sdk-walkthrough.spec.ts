import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "csv-parse/sync";
import type { RecordRow } from "@/contracts/records";
import type { Verification } from "@/contracts/verifications";
import { Authentication } from "@/sdk";
import { walkthrough } from "@/sdk/examples/walkthrough";
import { type LlmDouble, startLlmDouble } from "@/server/testing/llm-double";
import { expect, OWNER, test } from "./fixtures";
import { CANARY_KEYS } from "./leaks";
import { expectedAccuracy, expectedConflicts, expectedJob, expectedPair } from "./walkthrough/expected-job";
import { mcnemarExact, newcombePaired, wilson95 } from "./walkthrough/figures";
import { allPages, createRestClient } from "./walkthrough/rest-client";
import { columns, doubleSettings, loadScenario } from "./walkthrough/scenario";

type List<T> = { items: T[]; nextCursor: string | null; total: number };

const scenario = loadScenario();
let double: LlmDouble;
let folder: string;

test.beforeAll(async () => {
  double = await startLlmDouble(doubleSettings);
  folder = await mkdtemp(path.join(tmpdir(), "tandem-sdk-"));
});
test.afterAll(async () => {
  await double.close();
  await rm(folder, { recursive: true });
});

test("the twelve steps through the SDK alone", async ({ tandem }) => {
  const file = path.join(folder, "tweets.csv");
  await writeFile(file, scenario.csv);
  const auth = await Authentication.signIn({ url: tandem.url, ...OWNER });
  const said: string[] = [];
  const found = await walkthrough({
    auth,
    baseUrl: double.url,
    apiKey: CANARY_KEYS.job,
    data: { file, ...columns, keyword: scenario.keyword },
    say: (line) => said.push(line),
  });
  expect([...new Set(said.map((line) => Number.parseInt(line, 10)))]).toEqual(
    Array.from({ length: 12 }, (_, step) => step + 1),
  );
  expect(JSON.stringify([said, found.job, found.final])).not.toContain(CANARY_KEYS.job);

  // What the provider was asked says what each job must have come to.
  const rule = "A question without feeling is neutral.";
  const asked = (model: string, isBetter: boolean) =>
    double.calls.filter((call) => call.model === model && call.prompt.includes(rule) === isBetter);
  const expected = expectedJob(scenario.found, asked("gpt-3.5-turbo", false));
  const secondExpected = expectedJob(scenario.found, asked("gpt-4", false));
  const before = expectedJob(scenario.heldOut, asked("gpt-3.5-turbo", false));
  const after = expectedJob(scenario.heldOut, asked("gpt-3.5-turbo", true));
  expect(double.calls.every((call) => call.authorization === `Bearer ${CANARY_KEYS.job}`)).toBe(true);

  expect(found.report).toMatchObject({
    read: scenario.read,
    imported: scenario.rows.length,
    skipped: scenario.read - scenario.rows.length,
    refused: 0,
  });
  expect(found.preview.items).toHaveLength(3);
  for (const [index, { prompt }] of found.preview.items.entries())
    expect(prompt).toContain(scenario.rows[index]?.content);
  expect(found.subset.saved?.count).toBe(scenario.found.length);
  for (const [job, wanted] of [
    [found.job, expected],
    [found.secondJob, secondExpected],
  ] as const) {
    expect(job).toMatchObject({
      status: "succeeded",
      counts: { total: scenario.found.length, parsed: wanted.parsed, invalid: wanted.invalid, callFailed: 0 },
      tokens: wanted.tokens,
    });
    expect(job.distribution.sentiment).toEqual(wanted.distribution);
  }

  // The server's rows, read without the SDK.
  const api = createRestClient(tandem.url, auth.getToken());
  const at = `/projects/${found.service.project}`;
  const records = await allPages((cursor) =>
    api.post<List<RecordRow>>(`${at}/records/search`, { limit: 1000, ...(cursor ? { cursor } : {}) }),
  );
  const externalId = new Map(records.map((record) => [record.id, record.externalId]));
  const verdicts = await allPages((cursor) =>
    api.get<List<Verification>>(
      `${at}/verifications?jobId=${found.job.id}&limit=500${cursor ? `&cursor=${cursor}` : ""}`,
    ),
  );
  const verdictOf = new Map(verdicts.map((verdict) => [externalId.get(verdict.recordId) ?? "", verdict]));

  const [low, high] = wilson95(6, 8);
  expect(found.session).toMatchObject({
    counts: { verified: 8, confirmed: 6, corrected: 2, left: expected.parsed - 8 },
    agreement: { n: 8, low: expect.closeTo(low, 9), high: expect.closeTo(high, 9) },
  });
  const inSession = new Set(
    verdicts.flatMap(({ sessionId, recordId }) =>
      sessionId === found.session.id ? [externalId.get(recordId)] : [],
    ),
  );
  const unsure = scenario.found.filter(({ id }) => {
    const label = expected.labels.get(id);
    return label && label.conf < 0.99 && !inSession.has(id);
  });
  expect(found.unsure).toEqual({ before: unsure.length, after: 0 });
  const wrong = unsure.filter(({ id, gold }) => expected.labels.get(id)?.value !== gold);
  expect(found.corrections).toHaveLength(2 + wrong.length);
  const { ada, ben } = found.people;
  expect(found.corrections.filter(({ verifier }) => verifier.id === ada)).toHaveLength(2);
  expect(found.corrections.filter(({ verifier }) => verifier.id === ben)).toHaveLength(wrong.length);

  const conflicts = expectedConflicts(scenario.found, expected, secondExpected);
  expect(found.conflicting).toBe(conflicts.length);
  expect(found.dispute?.counts.total).toBe(2 * conflicts.length);

  expect(JSON.stringify(found.better.diff)).toContain(rule);
  const { compared } = found.heldOut;
  expect(compared.annotators.map(({ id }) => id)).toEqual([found.heldOut.before.id, found.heldOut.after.id]);
  for (const [index, wanted] of [before, after].entries())
    expect(compared.annotators[index]).toMatchObject(expectedAccuracy(scenario.heldOut, wanted));
  const { both, onlyA, onlyB, neither, n } = expectedPair(scenario.heldOut, before, after);
  const interval = newcombePaired(both, onlyA, onlyB, neither).map((bound) => expect.closeTo(bound, 9));
  const mcnemarP = expect.closeTo(mcnemarExact(onlyA, onlyB), 12);
  expect(compared.pairs[0]).toMatchObject({ n, both, onlyA, onlyB, neither, mcnemarP, interval });

  expect(found.agents.map((agent) => [agent.name, agent.jobs?.length]).sort()).toEqual([
    ["First", 3],
    ["Second", 1],
  ]);
  const rows: Record<string, string>[] = parse(found.final, { columns: true });
  const wanted = scenario.found.filter(({ id }) => expected.labels.get(id) || secondExpected.labels.get(id));
  expect(rows.map((row) => row.external_id)).toEqual(wanted.map(({ id }) => id));
  for (const { external_id: id = "", value, verdict, snapshot_id } of rows) {
    const given = verdictOf.get(id);
    const [one, other] = [expected.labels.get(id)?.value, secondExpected.labels.get(id)?.value];
    const voted = !one || !other || one === other ? (one ?? other) : "";
    expect({ id, value, verdict, snapshot_id }).toEqual({
      id,
      value: given?.value[0] ?? voted,
      verdict: given?.status ?? "",
      snapshot_id: found.snapshot.id,
    });
  }
});
