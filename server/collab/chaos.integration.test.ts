import { setImmediate as turn } from "node:timers/promises";
import { expect, it } from "vitest";
import { compactRoom, writeVerifications } from "@/server/modules/verification";
import { waitFor } from "@/server/testing/wait-for";
import { runChaos } from "./testing/chaos/run-chaos";
import { startLiveTest } from "./testing/live-test";
import { startLiveNode } from "./testing/live-world";
import {
  act,
  createDice,
  type Picture,
  pictureOfPage,
  pictureOfProgram,
  pictureOfRows,
} from "./testing/simulate";

const live = startLiveTest({ items: 40 });

const OPERATIONS = 2400;
const SEED = 20_261_124;

const dice = createDice(SEED);
const { random, pick } = dice;

it(`${OPERATIONS} operations by five people and a program, with drops, restarts and compaction: all agree`, async () => {
  const { annotationIds: keys, session } = live.world;
  const third = await startLiveNode(live.test);
  const urls = [...live.nodes, third].map(({ url }) => url);
  const pages = await Promise.all(
    ["Ada", "Bo", "Cy", "Di", "Ed"].map((name) => live.browse({ name, urls, random })),
  );
  const script = await live.addMember("reviewer", "Script");
  const program = await live.join({ name: "Program", node: live.nodes[1] });
  await Promise.all(pages.map((page) => page.saved()));

  for (let n = 0; n < OPERATIONS; n++) {
    const page = pick(pages);
    act(page, keys, dice);
    const chance = random();
    if (chance < 0.01) page.cut();
    else if (chance < 0.015) page.setOnline(false);
    else if (chance < 0.03) page.setOnline(true);
    else if (chance < 0.033) await compactRoom(live.test.db, session.room);
    else if (chance < 0.05) program.decide(pick(keys), [pick(["pos", "neg", "neu"])]);
    else if (chance < 0.06)
      await writeVerifications(live.test.db, script, {
        sessionId: session.id,
        items: [{ annotationId: pick(keys), value: [pick(["pos", "neg", "neu"])] }],
      });
    if (n === OPERATIONS / 2) {
      urls.pop();
      await third.stop();
    }
    if (random() < 0.3) await turn();
  }
  for (const page of pages) page.setOnline(true);
  await Promise.all([...pages.map((page) => page.saved()), program.saved()]);

  const fresh = await startLiveNode(live.test);
  const late = await live.join({ name: "Late", node: fresh });
  const rows = () => pictureOfRows(live.test.db, session.id, keys);
  const expected = await rows();
  expect(Object.keys(expected).length).toBeGreaterThan(20);
  const replicas = (): Picture[] => [
    ...pages.map((page) => pictureOfPage(page, keys)),
    ...[program, late].map((one) => pictureOfProgram(one, keys)),
  ];
  const text = JSON.stringify(expected);
  await waitFor("the last changes everywhere", () =>
    replicas().every((one) => JSON.stringify(one) === text),
  ).catch(() => undefined);
  for (const replica of replicas()) expect(replica).toEqual(expected);
  expect(await rows()).toEqual(expected);
  expect(await live.test.db.verification.count({ where: { sessionId: session.id } })).toBeGreaterThan(500);
  late.stop();
  await fresh.stop();
}, 240_000);

it("twelve people for eight seconds, their server killed: nothing that they were told is lost, no record was held by two", async () => {
  const outcome = await runChaos({
    db: live.test.db,
    databaseUrl: live.test.url,
    people: 12,
    items: 120,
    ms: 8000,
    leastActs: 30,
    pauseMs: 250,
    nodes: 2,
    serverKills: 1,
    seed: SEED,
  });
  expect(outcome.examples).toEqual([]);
  expect(outcome.told.saved).toBeGreaterThan(100);
  expect(outcome.leases).toBeGreaterThan(10);
}, 240_000);

it("eight people each by themselves, on blind labels of two verdicts: nobody is sent what they may not know", async () => {
  const outcome = await runChaos({
    db: live.test.db,
    databaseUrl: live.test.url,
    people: 8,
    items: 60,
    opened: { mode: "independent", verdictsPerItem: 2, blindShare: 1 },
    ms: 6000,
    leastActs: 28,
    pauseMs: 200,
    nodes: 2,
    serverKills: 1,
    seed: SEED,
  });
  expect(outcome.examples).toEqual([]);
  expect(outcome.told.saved).toBeGreaterThan(50);
  expect(outcome.told.enough_verdicts).toBeGreaterThan(0);
  expect(outcome.leases).toBeGreaterThan(5);
}, 240_000);
