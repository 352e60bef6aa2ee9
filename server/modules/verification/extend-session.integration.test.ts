import { afterAll, beforeAll, expect, it } from "vitest";
import { createSessionInput, listSessionItemsInput } from "@/contracts/sessions";
import { createSubset } from "@/server/modules/subsets";
import { type EventListener, openEventListener } from "@/server/platform/events";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { errorCode } from "@/server/testing/error-code";
import {
  addJob,
  addLabels,
  addRecords,
  createLabelledProject,
  type LabelledProject,
} from "@/server/testing/labelled-project";
import { createSession, extendSession, followSession, listSessionItems, nextItem, patchSession } from ".";

let test: TestDatabase;
let listener: EventListener;
let world: LabelledProject;
let job: string;
let ids: string[];

beforeAll(async () => {
  test = await createTestDatabase();
  listener = openEventListener(test.url);
  world = await createLabelledProject(test.db);
  job = await addJob(world, "First");
  ids = await label("r", 40);
});
afterAll(async () => {
  await listener.close();
  await test.drop();
});

async function label(prefix: string, count: number, jobId = job): Promise<string[]> {
  const names = Array.from({ length: count }, (_, n) => ({ externalId: `${prefix}${n}` }));
  const made = [...(await addRecords(world, names)).values()];
  await addLabels(
    world,
    jobId,
    made.map((id) => [id, ["pos"]] as const),
  );
  return made;
}

const open = (input: object = {}) =>
  createSession(
    test.db,
    world.member,
    createSessionInput.parse({ project: "airline", label: "sentiment", jobIds: [job], ...input }),
  );
const itemsOf = async (id: string) =>
  (
    await listSessionItems(
      test.db,
      world.member,
      listSessionItemsInput.parse({ project: "airline", id, limit: 1000 }),
    )
  ).items;
const chosen = (count: number, from = 0) => ({ ids: ids.slice(from, from + count) });

it("adds what the session lacks as a new chunk, and what it holds not again", async () => {
  const { id } = await open({ query: chosen(3) });
  const again = await extendSession(test.db, world.member, { id });
  expect(again).toMatchObject({ added: 0, counts: { total: 3 } });
  const more = await extendSession(test.db, world.member, { id, query: chosen(5) });
  expect(more).toMatchObject({ added: 2, counts: { total: 5, left: 5 } });
  expect(more.rooms).toEqual([`verification.${id}.0`, `verification.${id}.1`]);
  const items = await itemsOf(id);
  expect(items.map(({ position }) => position)).toEqual([0, 1, 2, 1000, 1001]);
  expect(items.map(({ recordId }) => recordId).sort()).toEqual(ids.slice(0, 5).sort());
  expect(items.at(-1)?.room).toBe(`verification.${id}.1`);
});

it("without a choice takes what its own search finds now", async () => {
  const { id } = await open({ query: { keyword: "Text of late" } }).catch(async () => {
    await label("late-a", 1);
    return open({ query: { keyword: "Text of late" } });
  });
  await label("late-b", 2);
  expect(await extendSession(test.db, world.member, { id })).toMatchObject({ added: 2 });
});

it("takes another job's labels of the same records", async () => {
  const other = await addJob(world, "Second");
  await addLabels(world, other, [[ids[0] ?? "", ["neg"]]]);
  const { id } = await open({ query: chosen(2) });
  const extended = await extendSession(test.db, world.member, { id, jobIds: [other] });
  expect(extended).toMatchObject({ added: 1, jobIds: [job, other] });
  expect((await itemsOf(id)).at(-1)).toMatchObject({ jobId: other, recordId: ids[0] });
  const wrong = extendSession(test.db, world.member, { id, jobIds: [ids[0] ?? ""] });
  expect(await errorCode(wrong)).toBe("invalid");
});

it("two at the same moment add each label once", async () => {
  const { id } = await open({ query: chosen(1) });
  const done = await Promise.all([
    extendSession(test.db, world.member, { id, query: chosen(20) }),
    extendSession(test.db, world.member, { id, query: chosen(30) }),
  ]);
  expect(done.reduce((sum, { added }) => sum + added, 0)).toBe(29);
  const items = await itemsOf(id);
  expect(new Set(items.map(({ annotationId }) => annotationId)).size).toBe(30);
});

it("is told to who follows the session, and handed out by next", async () => {
  const { id } = await open({ query: chosen(1) });
  const end = new AbortController();
  const news = followSession(test.db, world.member, { id, signal: end.signal, listener });
  expect((await news.next()).value).toMatchObject({ chunks: 1, counts: { total: 1 } });
  const first = await nextItem(test.db, world.member, { id });
  await extendSession(test.db, world.member, { id, query: chosen(2) });
  for await (const message of news) if (message.chunks === 2) break;
  end.abort();
  const next = await nextItem(test.db, world.member, { id, skip: [first?.item.recordId ?? ""] });
  expect(next?.item.recordId).toBe(ids[1]);
});

it("a closed session is opened first", async () => {
  const { id } = await open({ query: chosen(1) });
  await patchSession(test.db, world.member, { id, state: "closed" });
  expect(await errorCode(extendSession(test.db, world.member, { id, query: chosen(2) }))).toBe("closed");
});

it("a draw takes the same records by the same seed, and each item keeps its chance", async () => {
  const all = { ids };
  const one = await open({ query: all, sample: { size: 10, seed: 7 } });
  const two = await open({ query: all, sample: { size: 10, seed: 7 } });
  const other = await open({ query: all, sample: { size: 10, seed: 8 } });
  const recordsOf = async ({ id }: { id: string }) =>
    (await itemsOf(id)).map(({ recordId }) => recordId).sort();
  expect(one).toMatchObject({ counts: { total: 10 }, sample: { size: 10, seed: 7 } });
  expect(await recordsOf(one)).toEqual(await recordsOf(two));
  expect(await recordsOf(one)).not.toEqual(await recordsOf(other));
  expect((await itemsOf(one.id)).map(({ inclusion }) => inclusion)).toEqual(Array(10).fill(0.25));
  const whole = await open({ query: chosen(4), sample: { size: 10, seed: 7 } });
  expect((await itemsOf(whole.id)).map(({ inclusion }) => inclusion)).toEqual([1, 1, 1, 1]);
});

it("from a subset that is a sample, the chances of both draws are multiplied", async () => {
  const subset = await createSubset(test.db, world.member, {
    name: "Twenty of forty",
    kind: "static",
    query: { ids },
    sample: { size: 20, seed: 1 },
  });
  const plain = await open({ subsetId: subset.id });
  expect(new Set((await itemsOf(plain.id)).map(({ inclusion }) => inclusion))).toEqual(new Set([0.5]));
  const half = await open({ subsetId: subset.id, sample: { size: 5, seed: 3 } });
  expect((await itemsOf(half.id)).map(({ inclusion }) => inclusion)).toEqual(Array(5).fill(0.125));
});
