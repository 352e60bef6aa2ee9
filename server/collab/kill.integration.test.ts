import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createDb, createPool } from "@/server/platform/db";
import { startEmbeddedPostgres } from "@/server/platform/embedded-postgres";
import { migrate } from "@/server/platform/migrate";
import { waitFor } from "@/server/testing/wait-for";
import { type Browser, openBrowser } from "./testing/browser";
import { type LiveProcess, startLiveProcess } from "./testing/live-processes";
import { startLiveTest } from "./testing/live-test";
import { createLiveWorld, startLiveNode, tokenOf } from "./testing/live-world";

const decideAll = (browser: Browser, keys: readonly string[], value: string) =>
  browser.now().decide(keys.map((annotationId) => ({ annotationId, status: "CORRECTS", value: [value] })));

describe("the server, killed the moment that a page shows saved", { timeout: 180_000 }, () => {
  const live = startLiveTest();
  const children: LiveProcess[] = [];
  afterEach(async () => {
    for (const child of children.splice(0)) await child.kill();
  });

  async function startProcess(): Promise<LiveProcess> {
    const child = await startLiveProcess({ databaseUrl: live.test.url });
    children.push(child);
    return child;
  }

  it("has lost nothing: rows, document and page say it after the restart, time and again", async () => {
    const urls: string[] = [];
    const expected = new Map<string, string>();
    let child = await startProcess();
    urls.push(child.url);
    const ada = await live.browse({ name: "Ada", urls });
    const bo = await live.browse({ name: "Bo", urls });
    for (const value of ["neg", "neu"]) {
      await Promise.all([ada.saved(), bo.saved()]);
      const [own, others, late] = [live.nextKey(), live.nextKey(), live.nextKey()];
      decideAll(bo, [others], value);
      decideAll(ada, [own], value);
      await waitFor("saved", () => ada.now().verdictOf(own)?.unsaved === false);
      const ended = child.kill();
      expected.set(own, value);
      // Bo's may be saved or not; it is sent again when it is not, and so is what was decided after the end.
      expected.set(others, value).set(late, value);
      const rows = await live.test.db.verification.findMany({ where: { annotationId: own, current: true } });
      expect(rows).toMatchObject([{ value: [value], verifierId: ada.userId }]);
      await ended;
      decideAll(ada, [late], value);
      child = await startProcess();
      urls.splice(0, 1, child.url);
    }
    await Promise.all([ada.saved(), bo.saved()]);
    const current = await live.test.db.verification.findMany({
      where: { annotationId: { in: [...expected.keys()] }, current: true },
    });
    expect(new Map(current.map((row) => [row.annotationId, row.value[0]]))).toEqual(expected);
    for (const [key, value] of expected)
      for (const page of [ada, bo])
        await waitFor(`${value} on each page`, () => page.now().verdictOf(key)?.value[0] === value);
    expect([...ada.now().refusals, ...bo.now().refusals]).toEqual([]);
  });
});

describe("PostgreSQL, killed while people decide", { timeout: 180_000 }, () => {
  const made: { folder?: string; stop?: () => Promise<void> } = {};
  beforeAll(async () => {
    made.folder = await mkdtemp(path.join(tmpdir(), "tandem-kill-"));
  });
  afterAll(async () => {
    await made.stop?.();
    if (made.folder) await rm(made.folder, { recursive: true, force: true });
  });

  it("comes back with everything that was shown as saved, and the rest is sent again", async () => {
    const onLost = (error: Error) => {
      throw error;
    };
    const postgres = await startEmbeddedPostgres({ dataDir: path.join(made.folder ?? "", "data"), onLost });
    await migrate(postgres.url);
    const pool = createPool(postgres.url);
    const db = createDb(pool);
    const world = await createLiveWorld(db, { items: 30 });
    const node = await startLiveNode({ db, url: postgres.url });
    const ada = openBrowser({
      urls: [node.url],
      session: world.session,
      userId: world.member.userId,
      token: await tokenOf(db, world.member),
    });
    made.stop = async () => {
      ada.close();
      await node.stop();
      await db.$disconnect();
      await pool.end();
      await postgres.stop();
    };
    await ada.saved();
    const value = "neg";
    const killed = postgres.pid();
    const saved: string[] = [];
    for (const [index, key] of world.annotationIds.entries()) {
      decideAll(ada, [key], value);
      if (index === 10) process.kill(killed, "SIGKILL");
      if (index < 10) {
        await waitFor("saved", () => ada.now().verdictOf(key)?.unsaved === false);
        saved.push(key);
      }
    }
    await waitFor("the database", () => postgres.pid() !== killed, 60_000);
    await waitFor(
      "all to be saved",
      () => ada.now().saveState().kind === "saved" && ada.client.unsent() === 0,
      60_000,
    );
    const rows = await db.verification.findMany({ where: { current: true, value: { has: value } } });
    expect(new Set(rows.map((row) => row.annotationId))).toEqual(new Set(world.annotationIds));
    // What was saved before the kill was not written again after it.
    const written = await db.verification.groupBy({
      by: ["annotationId"],
      where: { annotationId: { in: saved }, value: { has: value } },
      _count: true,
    });
    expect(written.every((one) => one._count === 1)).toBe(true);
    expect(ada.now().refusals).toEqual([]);
  });
});
