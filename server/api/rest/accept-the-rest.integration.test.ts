import { afterAll, beforeAll, expect, it } from "vitest";
import { createAccessToken } from "@/server/modules/access";
import { closeDb } from "@/server/platform/db";
import { completeEnv } from "@/server/platform/env";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import {
  addJob,
  addLabels,
  addRecords,
  createLabelledProject,
  type LabelledProject,
} from "@/server/testing/labelled-project";
import { handleExport } from "./answer-export";
import { handleRestRequest } from "./handle-request";

/** Labels that are sure, all right, and as many that are not, of which half are wrong. */
const SURE = 60;

let test: TestDatabase;
let world: LabelledProject;
let token: string;
let job: string;
let other: string;

beforeAll(async () => {
  test = await createTestDatabase();
  completeEnv({
    databaseUrl: test.url,
    authSecret: newId(),
    encryptionKey: newId(),
    rateLimit: 0,
    logLevel: "silent",
  });
  world = await createLabelledProject(test.db);
  const { userId, userName: name } = world.member;
  const actor = { userId, name, instanceRole: "member" as const };
  ({ token } = await createAccessToken(test.db, { actor, address: null }, { expiresInDays: 1, scopes: [] }));
  const names = Array.from({ length: 2 * SURE }, (_, at) => ({ externalId: `r${at}` }));
  const ids = [...(await addRecords(world, names)).values()];
  [job, other] = [await addJob(world, "One"), await addJob(world, "Two")];
  await addLabels(
    world,
    job,
    ids.slice(0, SURE).map((id) => [id, ["pos"]] as const),
    { conf: 0.9 },
  );
  await addLabels(
    world,
    job,
    ids.slice(SURE).map((id) => [id, ["pos"]] as const),
    { conf: 0.4 },
  );
  await addLabels(
    world,
    other,
    ids.map((id) => [id, ["neg"]] as const),
    { conf: 0.5 },
  );
});
afterAll(async () => {
  await closeDb();
  await test.drop();
});

async function call(method: string, path: string, body?: unknown) {
  const [plain = ""] = path.split("?");
  const response = await handleRestRequest(
    new Request(`http://localhost/api/v1/projects/${world.project.slug}/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
    ["projects", world.project.slug, ...plain.split("/")],
  );
  return { status: response.status, body: response.status === 204 ? null : await response.json() };
}

async function makeFinal() {
  const { body: made } = await call("POST", "aggregations", { label: "sentiment", policy: "verified-first" });
  const { body: page } = await call("GET", `aggregations/${made.id}?show=accepted&limit=500`);
  return { counts: made.counts, items: page.items, total: page.total };
}

async function exported(): Promise<Record<string, unknown>[]> {
  const answer = await handleExport(
    new Request("http://localhost/export?kind=final&format=jsonl", {
      headers: { authorization: `Bearer ${token}` },
    }),
    world.project.slug,
  );
  return (await answer.text())
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

it("a program verifies blind, accepts the rest, and takes it back; final labels say which are accepted", async () => {
  const asked = { jobId: job, label: "sentiment", epsilon: 0.1 };
  const path = `statistics/accept?jobId=${job}&label=sentiment&epsilon=0.1`;
  expect(await call("GET", path)).toMatchObject({
    status: 200,
    body: { epsilon: 0.1, alpha: 0.05, n: 0, reason: "no_blind_rows", needed: 29, threshold: null },
  });
  expect(await call("GET", `${path}&alpha=0.9`)).toMatchObject({
    status: 422,
    body: { errors: [{ path: "alpha" }] },
  });
  expect(await call("POST", "statistics/accept", asked)).toMatchObject({
    status: 409,
    body: { code: "not_certified" },
  });

  const { body: session } = await call("POST", "sessions", {
    label: "sentiment",
    jobIds: [job],
    blindShare: 1,
  });
  const items = await test.db.sessionItem.findMany({
    where: { sessionId: session.id },
    include: { annotation: true },
  });
  // Of every label but some of the sure ones; a closed session counts without them.
  const sure = items.filter(({ annotation }) => annotation.conf === 0.9);
  const unsure = items.filter(({ annotation }) => annotation.conf === 0.4);
  await call("POST", "verifications", {
    sessionId: session.id,
    items: [
      ...sure.slice(0, 40).map(({ annotationId }) => ({ annotationId, value: ["pos"] })),
      ...unsure
        .slice(0, 40)
        .map(({ annotationId }, at) => ({ annotationId, value: [at % 2 ? "pos" : "neu"] })),
    ],
  });
  expect((await call("GET", path)).body).toMatchObject({
    n: 0,
    leftOut: [{ reason: "unfinished", left: 40 }],
  });
  await call("PATCH", `sessions/${session.id}`, { state: "closed" });
  const { body: plan } = await call("GET", path);
  expect(plan).toMatchObject({
    ...{ n: 80, threshold: 0.9, accepted: SURE, checked: 40, errors: 0, toVerify: 20 },
    excluded: { undecided: 40 },
  });

  expect((await makeFinal()).counts).toMatchObject({ accepted: 0, verified: 80, ties: 40 });
  const { status, body: applied } = await call("POST", "statistics/accept", asked);
  expect([status, applied.threshold]).toEqual([201, 0.9]);
  expect(await call("POST", "statistics/accept", asked)).toMatchObject({
    status: 409,
    body: { code: "already_accepted" },
  });
  const final = await makeFinal();
  expect(final).toMatchObject({ counts: { accepted: 20, verified: 80, ties: 20, decided: 100 }, total: 20 });
  const provenance = {
    source: "accepted",
    acceptanceId: applied.id,
    ...{ verdictId: null, verifier: null, verdict: null, votes: 2 },
    annotators: [job],
    jobs: [{ jobId: job, agentId: expect.any(String), agentVersion: 1 }],
  };
  expect(final.items).toHaveLength(20);
  for (const row of final.items)
    expect(row).toMatchObject({ value: ["pos"], confidence: 0.5, entropy: 1, provenance });
  const rows = await exported();
  const accepted = rows.filter((row) => row.decidedBy === "accepted");
  expect(accepted).toHaveLength(20);
  expect(accepted[0]).toMatchObject({ acceptanceId: applied.id, jobId: job, value: ["pos"] });
  expect(rows.filter((row) => row.acceptanceId !== null)).toHaveLength(20);

  expect(await call("DELETE", `statistics/accept/${applied.id}`)).toEqual({ status: 204, body: null });
  expect((await makeFinal()).counts).toMatchObject({ accepted: 0, ties: 40 });
  expect((await call("GET", path)).body).toMatchObject({
    applied: null,
    earlier: [{ id: applied.id, undoneBy: { id: world.member.userId } }],
  });
  expect(await test.db.annotation.count({ where: { annotatorId: job, value: { equals: ["pos"] } } })).toBe(
    2 * SURE,
  );
});
