import { setImmediate as turn } from "node:timers/promises";
import { expect, it } from "vitest";
import { decision } from "@/contracts/live";
import { compactRoom, writeVerifications } from "@/server/modules/verification";
import { seededRandom } from "@/server/testing/seeded-random";
import { waitFor } from "@/server/testing/wait-for";
import type { Browser } from "./testing/browser";
import { type Joined, startLiveTest } from "./testing/live-test";
import { startLiveNode } from "./testing/live-world";

const live = startLiveTest({ items: 40 });

const OPERATIONS = 2400;
const SEED = 20_261_124;

const random = seededRandom(SEED);
const pick = <T>(list: readonly T[]): T => {
  const found = list[Math.floor(random() * list.length)];
  if (found === undefined) throw new Error("nothing to pick from");
  return found;
};

/** One thing that a person does. */
function act(browser: Browser, keys: readonly string[]): void {
  const { decide, undo, redo, lookAt } = browser.now();
  const dice = random();
  if (dice < 0.12) undo();
  else if (dice < 0.18) redo();
  else if (dice < 0.22) lookAt(pick(keys), "table");
  else if (dice < 0.26) decide([{ annotationId: pick(keys), status: null, value: [] }]);
  else if (dice < 0.3) decide([{ annotationId: pick(keys), status: "UNSURE", value: [] }]);
  else {
    const value = pick(["pos", "neg", "neu"]);
    const count = dice < 0.34 ? 8 : 1;
    const chosen = new Set(Array.from({ length: count }, () => pick(keys)));
    decide(
      [...chosen].map((annotationId) => ({
        annotationId,
        status: value === "pos" ? "CONFIRMS" : "CORRECTS",
        value: [value],
      })),
    );
  }
}

/** What every replica and every row must say in the end: key → who and what, where something stands. */
type Picture = Record<string, unknown>;

const said = (by: string, status: unknown, value: readonly string[]) =>
  status === null ? undefined : { by, status, value };

function pictureOf(keys: readonly string[], look: (key: string) => unknown): Picture {
  const entries = keys.map((key) => [key, look(key)] as const);
  return Object.fromEntries(entries.filter(([, found]) => found !== undefined));
}

const atPage = (browser: Browser, key: string) => {
  const verdict = browser.now().verdictOf(key);
  return verdict ? said(verdict.by, verdict.status, verdict.value) : undefined;
};
const atProgram = (program: Joined, key: string) => {
  const found = decision.safeParse(program.get(key)).data;
  return found ? said(found.by, found.status ?? null, found.value) : undefined;
};

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
    act(page, keys);
    const dice = random();
    if (dice < 0.01) page.cut();
    else if (dice < 0.015) page.setOnline(false);
    else if (dice < 0.03) page.setOnline(true);
    else if (dice < 0.033) await compactRoom(live.test.db, session.room);
    else if (dice < 0.05) program.decide(pick(keys), [pick(["pos", "neg", "neu"])]);
    else if (dice < 0.06)
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
  const rows = async () => {
    const current = await live.test.db.verification.findMany({
      where: { sessionId: session.id, current: true, inSharedSession: true },
    });
    const byKey = new Map(current.map((row) => [row.annotationId, row]));
    return pictureOf(keys, (key) => {
      const row = byKey.get(key);
      return row && said(row.verifierId, row.status, row.value);
    });
  };
  const expected = await rows();
  expect(Object.keys(expected).length).toBeGreaterThan(20);
  const replicas = (): Picture[] => [
    ...pages.map((page) => pictureOf(keys, (key) => atPage(page, key))),
    ...[program, late].map((one) => pictureOf(keys, (key) => atProgram(one, key))),
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
}, 60_000);
