import { describe, expect, it } from "vitest";
import { closeCodes, roomName } from "@/contracts/live";
import type { ProjectActor } from "@/server/modules/access";
import { giveBackLease, nextItem, patchSession, writeVerifications } from "@/server/modules/verification";
import { seededRandom } from "@/server/testing/seeded-random";
import { waitFor } from "@/server/testing/wait-for";
import { openLiveClient } from "./testing/live-client";
import { type Joined, startLiveTest } from "./testing/live-test";
import { annotationIdsOf, createLiveWorld, openSession, tokenOf } from "./testing/live-world";

const OVERLAP = 3;
const live = startLiveTest({
  async createWorld(db) {
    const world = await createLiveWorld(db, { items: 40 });
    const session = await openSession(world, world.jobId, { mode: "independent", verdictsPerItem: OVERLAP });
    await patchSession(db, world.member, { id: world.session.id, state: "closed" });
    return { ...world, session, annotationIds: await annotationIdsOf(db, session.id) };
  },
});

const roomOf = ({ userId }: Pick<ProjectActor, "userId">, chunk = 0): string =>
  roomName(live.world.session.id, chunk, userId);

async function enter(name: string, node = live.nodes[0]): Promise<Joined> {
  const member = await live.addMember("reviewer", name);
  return live.join({ member, room: roomOf(member), node });
}

async function codeAt(room: string, member: ProjectActor): Promise<number> {
  const client = openLiveClient({
    url: live.nodes[0].url,
    room,
    userId: member.userId,
    token: await tokenOf(live.test.db, member),
  });
  const code = await waitFor("the end of the connection", () => client.closed[0]);
  client.stop();
  return code;
}

describe("a room of one person", () => {
  it("opens to that person alone, not to an administrator; there is none for everybody", async () => {
    const ann = await enter("Ann");
    const administrator = await live.addMember("administrator", "Root");
    const bo = await live.addMember("reviewer", "Bo");
    expect(await codeAt(roomOf(ann.member), administrator)).toBe(closeCodes.forbidden);
    expect(await codeAt(roomOf(ann.member), bo)).toBe(closeCodes.forbidden);
    // Whether or not its person has ever come.
    expect(await codeAt(roomOf(bo), administrator)).toBe(closeCodes.forbidden);
    expect(await codeAt(roomName(live.world.session.id, 0), bo)).toBe(closeCodes.noSuchRoom);
    expect(await codeAt(roomOf(bo, 1), bo)).toBe(closeCodes.noSuchRoom);
    expect(await codeAt(roomName(live.world.session.id, 0, bo.userId).replace(/.$/, "x"), bo)).toBe(
      closeCodes.noSuchRoom,
    );
    const viewer = await live.addMember("viewer", "Vi");
    expect(await codeAt(roomOf(viewer), administrator)).toBe(closeCodes.forbidden);
  });

  it("tells nothing of others: no decision, no presence, no name", async () => {
    const [here, there] = live.nodes;
    const ann = await enter("Ann", here);
    const bo = await enter("Bo", here);
    const cy = await enter("Cy", there);
    const key = live.nextKey();
    for (const one of [ann, bo, cy]) one.provider.awareness.setLocalState({ at: key, view: "focus" });
    ann.decide(key, ["neg"]);
    await ann.saved();
    bo.decide(key, ["pos"]);
    await bo.saved();
    for (const one of [ann, bo, cy]) {
      const text = one.received();
      for (const other of [ann, bo, cy]) if (other !== one) expect(text).not.toContain(other.userId);
    }
    expect(cy.get(key)).toBeUndefined();
    expect([...cy.provider.awareness.getStates().values()]).toHaveLength(1);
    expect(
      await live.test.db.verification.findMany({ where: { annotationId: key, current: true } }),
    ).toHaveLength(2);
  });

  it("takes one's own verdict by REST, and shows it there", async () => {
    const ann = await enter("Ann");
    const key = live.nextKey();
    await writeVerifications(live.test.db, ann.member, { items: [{ annotationId: key, value: ["neu"] }] });
    await waitFor("the verdict in the room", () => ann.get(key)?.status === "CORRECTS");
  });

  it("refuses the verdict that is one too many, tells its author, and keeps nothing of it", async () => {
    const key = live.nextKey();
    for (let n = 0; n < OVERLAP; n++) {
      const one = await enter(`Person ${n}`, live.nodes[n % 2]);
      one.decide(key, ["pos"]);
      await one.saved();
    }
    const late = await enter("Late");
    late.decide(key, ["neg"]);
    await waitFor("the refusal", () => late.refusals.length > 0);
    expect(late.refusals[0]).toMatchObject({ code: "enough_verdicts", keys: [key] });
    expect(late.refusals[0]?.current).toEqual({ [key]: null });
    await waitFor("its value to be taken back", () => late.get(key) === undefined);
    expect(await live.test.db.verification.count({ where: { annotationId: key } })).toBe(OVERLAP);
  });

  it("is read, not changed, when the session is closed, also by who comes then", async () => {
    const ann = await enter("Ann");
    const id = live.world.session.id;
    await patchSession(live.test.db, live.world.member, { id, state: "closed" });
    const key = live.nextKey();
    const late = await enter("Late", live.nodes[1]);
    for (const one of [ann, late]) {
      one.decide(key, ["pos"]);
      await waitFor("the refusal", () => one.refusals.length > 0);
      expect(one.refusals[0]?.code).toBe("closed");
    }
    await patchSession(live.test.db, live.world.member, { id, state: "open" });
  });
});

const PEOPLE = 24;
const TURNS = 18;

it(`${PEOPLE} people at once, by socket, by REST and by next, over two nodes: never one verdict too many`, async () => {
  const random = seededRandom(20_261_125);
  const pick = <T>(list: readonly T[]): T => {
    const found = list[Math.floor(random() * list.length)];
    if (found === undefined) throw new Error("nothing to pick from");
    return found;
  };
  const { db } = live.test;
  const { session, annotationIds } = live.world;
  // Few labels, so that everybody wants the same.
  const keys = annotationIds.slice(-8);
  const others = annotationIds.slice(0, -8);
  const crowd = await Promise.all(
    Array.from({ length: PEOPLE }, (_, n) => enter(`Person ${n}`, live.nodes[n % 2])),
  );
  const most = new Map<string, number>();
  const watch = async () => {
    const rows = await db.verification.groupBy({
      by: ["annotationId"],
      where: { sessionId: session.id, current: true, status: { not: null } },
      _count: true,
    });
    for (const { annotationId, _count } of rows)
      most.set(annotationId, Math.max(_count, most.get(annotationId) ?? 0));
  };
  await Promise.all(
    crowd.map(async (one) => {
      for (let turn = 0; turn < TURNS; turn++) {
        const dice = random();
        const value = [pick(["pos", "neg", "neu"])];
        if (dice < 0.5) one.decide(pick(keys), value);
        else if (dice < 0.6) one.decide(pick(keys), [], { status: null });
        else if (dice < 0.75)
          await writeVerifications(db, one.member, {
            sessionId: session.id,
            items: [{ annotationId: pick(keys), value }],
          });
        else {
          const given = await nextItem(db, one.member, { id: session.id, skip: others });
          if (given && random() < 0.7) {
            one.decide(given.item.annotationId, value);
            await one.saved();
            // What was handed out is never refused.
            expect(
              one.refusals.filter(({ keys: refused }) => refused.includes(given.item.annotationId)).at(-1)
                ?.at?.[given.item.annotationId],
            ).not.toBe(one.get(given.item.annotationId)?.at);
          } else if (given) await giveBackLease(db, one.member, { id: given.lease.id });
        }
        if (random() < 0.1) await watch();
      }
      await one.saved();
    }),
  );
  await watch();
  expect(most.size).toBeGreaterThan(0);
  for (const count of most.values()) expect(count).toBeLessThanOrEqual(OVERLAP);
  const rows = await db.verification.findMany({ where: { sessionId: session.id, current: true } });
  for (const one of crowd) {
    for (const key of keys) {
      const row = rows.find(
        ({ annotationId, verifierId }) => annotationId === key && verifierId === one.userId,
      );
      await waitFor(
        "document and row to agree",
        () => (one.get(key)?.status ?? null) === (row?.status ?? null),
      );
      if (row?.status) expect(one.get(key)?.value).toEqual(row.value);
    }
    for (const other of crowd) if (other !== one) expect(one.received()).not.toContain(other.userId);
  }
  expect(crowd.flatMap(({ refusals }) => refusals).some(({ code }) => code === "enough_verdicts")).toBe(true);
}, 180_000);
