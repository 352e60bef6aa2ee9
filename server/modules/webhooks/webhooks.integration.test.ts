import { createHmac } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import pino from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CreatedWebhook } from "@/contracts/webhooks";
import { endJob } from "@/server/modules/jobs/end-job";
import { patchSession } from "@/server/modules/verification";
import { inTransaction } from "@/server/platform/db";
import { completeEnv, env } from "@/server/platform/env";
import { openEventListener } from "@/server/platform/events";
import { newId } from "@/server/platform/ids";
import { startWorker } from "@/server/platform/queue";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { addJob, createLabelledProject, type LabelledProject } from "@/server/testing/labelled-project";
import { waitFor } from "@/server/testing/wait-for";
import { handlers } from "@/server/worker/handlers";
import {
  announceEvent,
  createWebhook,
  deleteWebhook,
  deliverWebhook,
  listDeliveries,
  listWebhooks,
  patchWebhook,
  testWebhook,
} from ".";

type Received = { headers: http.IncomingHttpHeaders; body: string; path: string };

let test: TestDatabase;
let made: LabelledProject;
let server: http.Server;
let url: string;
let allowed: string[];
const received: Received[] = [];
let answer: (response: http.ServerResponse) => void;
const ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  allowed = env().llmAllowedHosts;
  completeEnv({ encryptionKey: "k".repeat(43), llmAllowedHosts: ["127.0.0.1:*"] });
  test = await createTestDatabase();
  server = http.createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (piece) => {
      body += piece;
    });
    request.on("end", () => {
      received.push({ headers: request.headers, body, path: request.url ?? "" });
      answer(response);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
beforeEach(async () => {
  received.length = 0;
  answer = (response) => void response.writeHead(204).end();
  made = await createLabelledProject(test.db);
});
afterEach(async () => {
  await Promise.all(ends.splice(0).map((end) => end()));
  await test.pool.query(`delete from "Task"`);
});
afterAll(async () => {
  completeEnv({ llmAllowedHosts: allowed });
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await test.drop();
});

const create = (of = made, events?: CreatedWebhook["events"]) =>
  createWebhook(test.db, of.member, { url, events: events ?? ["job.finished", "session.closed"] });
const deliveries = async ({ id }: { id: string }, of = made) =>
  (await listDeliveries(test.db, of.member, { id, limit: 50 })).items;
const only = async (webhook: { id: string }) => {
  const [delivery, ...others] = await deliveries(webhook);
  expect(others).toEqual([]);
  return delivery;
};
const stateOf = async ({ id }: { id: string }) =>
  (await listWebhooks(test.db, made.member)).items.find((webhook) => webhook.id === id);

/** One try, as the worker makes it. */
const deliver = (deliveryId: string, { timeoutMs = 5000, isCurrent = async () => true } = {}) =>
  deliverWebhook(
    { projectId: made.project.id, deliveryId },
    { db: test.db, signal: new AbortController().signal, isCurrent },
    { timeoutMs, random: () => 0.5 },
  );
const send = async (webhook: { id: string }) =>
  (await testWebhook(test.db, made.member, { id: webhook.id })).id;

describe("a webhook", () => {
  it("shows its secret once, and keeps it sealed", async () => {
    const { secret, ...webhook } = await create();
    expect(secret).toMatch(/^tdmw_/);
    expect(webhook).toMatchObject({ url, active: true, disabledReason: null, lastDeliveredAt: null });
    expect((await listWebhooks(test.db, made.member)).items).toEqual([webhook]);
    const { rows } = await test.pool.query(
      `select encode("sealedSecret", 'escape') || row_to_json(w)::text as "row" from "Webhook" w
       union all select row_to_json(a)::text from "AuditEvent" a`,
    );
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it.each(["http://10.0.0.1/hook", "http://[::1]:80/", "http://169.254.169.254/latest"])(
    "is not made for a private address: %s",
    async (at) => {
      await expect(
        createWebhook(test.db, made.member, { url: at, events: ["job.finished"] }),
      ).rejects.toMatchObject({ code: "invalid", errors: [{ path: "url" }] });
      expect((await listWebhooks(test.db, made.member)).items).toEqual([]);
    },
  );

  it("is one of ten at most", async () => {
    for (let n = 0; n < 10; n++) await create();
    await expect(create()).rejects.toMatchObject({ code: "invalid", errors: [{ path: "url" }] });
  });
});

describe("an event", () => {
  it("comes to the addresses of its project that want it, signed, and to no other", async () => {
    const { pool, db } = test;
    const other = await createLabelledProject(db);
    const [all, sessionsOnly, off, foreign] = [
      await create(),
      await create(made, ["session.closed"]),
      await create(),
      await create(other),
    ];
    await patchWebhook(db, made.member, { id: off.id, active: false });
    const listener = openEventListener(test.url);
    const log = pino({ level: "silent" });
    const worker = await startWorker({ pool, db, listener, log, concurrency: 1, handlers });
    ends.push(async () => {
      await worker.stop();
      await listener.close();
    });

    const jobId = await addJob(made);
    await inTransaction(db, (tx) => endJob(tx, made.project.id, jobId, "succeeded"));
    const sessionId = newId();
    const { id: schemaId } = await db.labelSchema.findFirstOrThrow({
      where: { projectId: made.project.id, active: true },
    });
    await db.verificationSession.create({
      data: {
        id: sessionId,
        projectId: made.project.id,
        name: "canary name",
        labelName: "sentiment",
        schemaId,
        jobIds: [jobId],
        createdById: made.member.userId,
      },
    });
    for (const state of ["closed", "closed"] as const)
      await patchSession(db, made.member, { id: sessionId, state });
    await waitFor("three messages", () => received.length === 3);
    await waitFor("an empty queue", async () => (await db.task.count()) === 0);

    expect(received.map(({ headers }) => headers["tandem-event"]).sort()).toEqual([
      "job.finished",
      "session.closed",
      "session.closed",
    ]);
    const told = received.find(({ headers }) => headers["tandem-event"] === "job.finished");
    const delivery = (await deliveries(all)).find(({ event }) => event === "job.finished");
    expect(JSON.parse(told?.body ?? "")).toEqual({
      id: delivery?.id,
      event: "job.finished",
      createdAt: delivery?.createdAt,
      project: { id: made.project.id, slug: made.project.slug },
      job: { id: jobId, status: "succeeded" },
    });
    expect(told?.headers).toMatchObject({
      "content-type": "application/json",
      "tandem-delivery": delivery?.id,
    });
    // As a receiver does it.
    const at = told?.headers["tandem-timestamp"];
    const mac = (secret: string) =>
      `v1=${createHmac("sha256", secret).update(`${at}.${told?.body}`).digest("hex")}`;
    expect(told?.headers["tandem-signature"]).toBe(mac(all.secret));
    expect(told?.headers["tandem-signature"]).not.toBe(mac(sessionsOnly.secret));
    expect(JSON.stringify(received)).not.toContain("canary");

    expect(delivery).toMatchObject({ state: "delivered", attempts: 1, lastStatus: 204, lastError: null });
    expect((await stateOf(all))?.lastDeliveredAt).not.toBeNull();
    expect(await deliveries(sessionsOnly)).toHaveLength(1);
    expect(await deliveries(off)).toEqual([]);
    expect(await deliveries(foreign, other)).toEqual([]);
  });

  it("is told of only when what happened is committed", async () => {
    const webhook = await create();
    const undone = inTransaction(test.db, async (tx) => {
      const event = { event: "job.finished" as const, subject: { job: { id: newId() } } };
      await announceEvent(tx, made.project.id, event);
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    expect(await deliveries(webhook)).toEqual([]);
    expect(await test.db.task.count()).toBe(0);
  });
});

describe("a receiver", () => {
  it("that fails is asked again later, and switched off after eight tries", async () => {
    const webhook = await create();
    answer = (response) => void response.writeHead(500).end("no");
    const id = await send(webhook);
    for (let tries = 1; tries <= 7; tries++) {
      const before = Date.now();
      await deliver(id);
      const delivery = await only(webhook);
      expect(delivery).toMatchObject({
        state: "pending",
        attempts: tries,
        lastStatus: 500,
        lastError: "It answered 500.",
      });
      const wait = Math.min(30_000 * 4 ** (tries - 1), 8 * 3_600_000);
      expect(Date.parse(delivery?.nextAt ?? "")).toBeGreaterThanOrEqual(before + wait);
      const task = await test.db.task.findFirstOrThrow({ where: { kind: "deliver-webhook" } });
      expect(task.payload).toEqual({ projectId: made.project.id, deliveryId: id });
    }
    await deliver(id);
    expect(await only(webhook)).toMatchObject({ state: "failed", attempts: 8, nextAt: null });
    expect(await stateOf(webhook)).toMatchObject({
      active: false,
      disabledReason: "8 tries in a row failed. It answered 500.",
    });
    expect(new Set(received.map(({ headers }) => headers["tandem-delivery"]))).toEqual(new Set([id]));
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
    const where = { projectId: made.project.id, action: "webhook.disabled", target: webhook.id };
    expect(await test.db.auditEvent.count({ where })).toBe(1);
    await deliver(id);
    expect(received).toHaveLength(8);

    await expect(send(webhook)).rejects.toMatchObject({ code: "conflict" });
    expect(await patchWebhook(test.db, made.member, { id: webhook.id, active: true })).toMatchObject({
      active: true,
      disabledReason: null,
    });
  });

  it("that took another message meanwhile stays switched on", async () => {
    const webhook = await create();
    const [lost, fine] = [await send(webhook), await send(webhook)];
    await deliver(fine);
    answer = (response) => void response.writeHead(400).end();
    for (let tries = 1; tries <= 8; tries++) await deliver(lost);
    expect((await deliveries(webhook)).map(({ state }) => state)).toEqual(["delivered", "failed"]);
    expect(await stateOf(webhook)).toMatchObject({ active: true, disabledReason: null });
  });

  it("that sends elsewhere is not followed", async () => {
    const webhook = await create();
    answer = (response) => void response.writeHead(302, { location: "/elsewhere" }).end();
    await deliver(await send(webhook));
    expect(await only(webhook)).toMatchObject({
      state: "pending",
      lastStatus: 302,
      lastError: expect.stringContaining("redirects are not followed"),
    });
    expect(received.map(({ path }) => path)).toEqual(["/hook"]);
  });

  it("that does not answer in time has not got it, and one whose answer does not end has", async () => {
    const webhook = await create();
    answer = () => undefined;
    const id = await send(webhook);
    await deliver(id, { timeoutMs: 100 });
    expect(await only(webhook)).toMatchObject({
      state: "pending",
      lastStatus: null,
      lastError: "It did not answer within 0.1 s.",
    });
    answer = (response) => {
      response.writeHead(200).flushHeaders();
      response.write("slow");
    };
    await deliver(id);
    expect(await only(webhook)).toMatchObject({ state: "delivered", attempts: 2, lastError: null });
  });

  it("whose name leads to a private address by now gets nothing", async () => {
    const webhook = await create();
    const id = await send(webhook);
    completeEnv({ llmAllowedHosts: [] });
    await deliver(id).finally(() => completeEnv({ llmAllowedHosts: ["127.0.0.1:*"] }));
    expect(received).toEqual([]);
    expect(await only(webhook)).toMatchObject({
      lastStatus: null,
      lastError: expect.stringContaining("private"),
    });
  });
});

describe("a message", () => {
  it("is not noted by a worker that has lost it", async () => {
    const webhook = await create();
    const id = await send(webhook);
    await expect(deliver(id, { isCurrent: async () => false })).rejects.toThrow("lease");
    expect(await only(webhook)).toMatchObject({ state: "pending", attempts: 0 });
  });

  it("is not sent once its webhook is off, nor when it is gone", async () => {
    const webhook = await create();
    const [first, second] = [await send(webhook), await send(webhook)];
    await patchWebhook(test.db, made.member, { id: webhook.id, active: false });
    await deliver(first);
    expect((await deliveries(webhook)).find(({ id }) => id === first)).toMatchObject({
      state: "failed",
      attempts: 0,
      lastError: "The webhook was switched off.",
    });
    await deleteWebhook(test.db, made.member, { id: webhook.id });
    await deliver(second);
    expect(received).toEqual([]);
    expect(await test.db.webhookDelivery.count({ where: { projectId: made.project.id } })).toBe(0);
    for (const work of [
      patchWebhook(test.db, made.member, { id: webhook.id, active: true }),
      deleteWebhook(test.db, made.member, { id: webhook.id }),
      deliveries(webhook),
    ])
      await expect(work).rejects.toMatchObject({ code: "not_found" });
  });

  it("waits for its webhook to be deleted, and is forgotten with it", async () => {
    const webhook = await create();
    const id = await send(webhook);
    const client = await test.pool.connect();
    ends.push(async () => client.release(true));
    await client.query("begin");
    await client.query(`select 1 from "Webhook" where "id" = $1 for update`, [webhook.id]);
    const delivered = deliver(id);
    await waitFor("a try that waits", async () => {
      const { rowCount } = await test.pool.query(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return rowCount === 1;
    });
    await client.query(`delete from "WebhookDelivery" where "webhookId" = $1`, [webhook.id]);
    await client.query(`delete from "Webhook" where "id" = $1`, [webhook.id]);
    await client.query("commit");
    await delivered;
    expect(received).toHaveLength(1);
  });

  it("that has ended is kept while it is one of the newest 200", async () => {
    const webhook = await create();
    const old = await send(webhook);
    await deliver(old);
    await test.pool.query(
      `insert into "WebhookDelivery" ("id", "projectId", "webhookId", "event", "body", "state")
       select gen_random_uuid(), $1, $2, 'test', '{}', 'delivered' from generate_series(1, 210)`,
      [made.project.id, webhook.id],
    );
    const { total } = await listDeliveries(test.db, made.member, { id: webhook.id, limit: 1 });
    expect(total).toBe(211);
    await deliver(await send(webhook));
    const after = await listDeliveries(test.db, made.member, { id: webhook.id, limit: 1 });
    expect(after.total).toBe(200);
  });

  it("of another project is found by nobody", async () => {
    const webhook = await create();
    const other = await createLabelledProject(test.db);
    await expect(deliveries(webhook, other)).rejects.toMatchObject({ code: "not_found" });
    await expect(testWebhook(test.db, other.member, { id: webhook.id })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
