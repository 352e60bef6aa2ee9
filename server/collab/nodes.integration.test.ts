import { setImmediate as turn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startRedis, type TestRedis, withoutRedis } from "@/server/testing/redis";
import { waitFor } from "@/server/testing/wait-for";
import type { Browser } from "./testing/browser";
import { type LiveProcess, startLiveProcess } from "./testing/live-processes";
import { startLiveTest } from "./testing/live-test";
import { act, createDice, pictureOfPage, pictureOfRows } from "./testing/simulate";

const live = startLiveTest({ items: 60 });

describe.skipIf(withoutRedis)(`two processes and Redis (${withoutRedis ?? "installed"})`, () => {
  let redis: TestRedis;
  let nodes: LiveProcess[] = [];

  beforeEach(async () => {
    redis = await startRedis();
    const start = () => startLiveProcess({ databaseUrl: live.test.url, redisUrl: redis.url });
    nodes = await Promise.all([start(), start()]);
  });
  afterEach(async () => {
    for (const node of nodes) await node.kill();
    await redis.stop();
  });

  /** A page that connects to the first of these addresses that answers, time and again. */
  const at = (name: string, urls: string[]): Promise<Browser> => live.browse({ name, urls });
  const urlOf = (place: number): string => nodes[place]?.url ?? "";
  const keys = () => live.world.annotationIds;

  async function expectAgreement(pages: readonly Browser[]): Promise<void> {
    await Promise.all(pages.map((page) => page.saved()));
    const rows = await pictureOfRows(live.test.db, live.world.session.id, keys());
    const text = JSON.stringify(rows);
    await waitFor("all pages to agree", () =>
      pages.every((page) => JSON.stringify(pictureOfPage(page, keys())) === text),
    ).catch(() => undefined);
    for (const page of pages) expect(pictureOfPage(page, keys())).toEqual(rows);
    expect(Object.keys(rows).length).toBeGreaterThan(20);
  }

  it("agree after random decisions in both, while Redis is killed and comes back", async () => {
    const dice = createDice(20_261_125);
    const homes = [[urlOf(0)], [urlOf(1)], [urlOf(0)], [urlOf(1)]];
    const pages = await Promise.all(homes.map((urls, n) => at(`Person ${n}`, urls)));
    await Promise.all(pages.map((page) => page.saved()));
    const work = async (operations: number) => {
      for (let n = 0; n < operations; n++) {
        act(dice.pick(pages), keys(), dice);
        if (dice.random() < 0.05) dice.pick(pages).cut();
        await turn();
      }
    };
    await work(150);
    await expectAgreement(pages);
    await redis.kill();
    await work(150);
    // Nobody waits for Redis: what the other process committed is read from the rows.
    await expectAgreement(pages);
    await redis.start();
    await work(150);
    await expectAgreement(pages);
  }, 180_000);

  it("show the people of the one in the other", async () => {
    const [ada, bo] = [await at("Ada", [urlOf(0)]), await at("Bo", [urlOf(1)])];
    const place = live.nextKey();
    await waitFor("Ada at Bo's", () => {
      ada.now().lookAt(place, "focus");
      return bo.now().peers.some(({ user, at }) => user.name === "Ada" && at === place);
    });
  });

  it("killed, the one's people are at work on the other, with all that they were told is saved", async () => {
    const survivor = urlOf(1);
    const urls = [urlOf(0)];
    const moved = await Promise.all(["Ada", "Bo", "Cy"].map((name) => at(name, urls)));
    const stays = await at("Di", [survivor]);
    const pages = [...moved, stays];
    await Promise.all(pages.map((page) => page.saved()));
    const saved = new Map<string, string>();
    for (const page of moved) {
      const key = live.nextKey();
      page.now().decide([{ annotationId: key, status: "CORRECTS", value: ["neg"] }]);
      await waitFor("saved", () => page.now().verdictOf(key)?.unsaved === false);
      saved.set(key, page.userId);
    }
    await nodes[0]?.kill();
    urls.splice(0, 1, survivor);
    const late = moved.map((page) => {
      const key = live.nextKey();
      page.now().decide([{ annotationId: key, status: "CORRECTS", value: ["neu"] }]);
      return { key, page };
    });
    await waitFor("all to be at work", () =>
      late.every(({ key, page }) => page.now().verdictOf(key)?.unsaved === false),
    );
    for (const page of pages)
      for (const [key, by] of saved)
        await waitFor("what was saved", () => page.now().verdictOf(key)?.by === by);
    const rows = await live.test.db.verification.findMany({
      where: { annotationId: { in: [...saved.keys()] }, current: true },
    });
    expect(new Map(rows.map((row) => [row.annotationId, row.verifierId]))).toEqual(saved);
    await expectAgreement(pages);
  });
});
