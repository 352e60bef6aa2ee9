import { describe, expect, it } from "vitest";
import { membershipTopic } from "@/server/modules/access";
import { patchSession } from "@/server/modules/verification";
import { publish } from "@/server/platform/events";
import { waitFor } from "@/server/testing/wait-for";
import { type Joined, startLiveTest } from "./testing/live-test";
import { startLiveNode } from "./testing/live-world";

const live = startLiveTest();

/** What the members page does, and tells every process. */
async function change(who: Joined, data: { disabledAt?: Date; role?: "viewer" }): Promise<void> {
  const { db } = live.test;
  const { project } = live.world;
  await db.membership.update({
    where: { projectId_userId: { projectId: project.id, userId: who.userId } },
    data,
  });
  await publish(db, membershipTopic(project.id), { userId: who.userId });
}

describe("whose membership changes", () => {
  it("is cut off in every process and gets in no more; others stay", async () => {
    const member = await live.addMember("reviewer", "Removed");
    const here = await live.join({ member, node: live.nodes[0] });
    const there = await live.join({ member, node: live.nodes[1] });
    const other = await live.join({ name: "Stays" });
    await change(here, { disabledAt: new Date() });
    await waitFor("both to be cut off", () => [here, there].every((one) => one.closed.includes(4205)));
    await waitFor("the door to be closed", () => [here, there].every((one) => one.closed.at(-1) === 4403));
    expect(other.closed).toEqual([]);
  });

  it("decides nothing, even while the news of it has not come yet", async () => {
    const gone = await live.join({ name: "Gone" });
    const key = live.nextKey();
    await live.test.db.membership.update({
      where: { projectId_userId: { projectId: live.world.project.id, userId: gone.userId } },
      data: { removedAt: new Date() },
    });
    gone.decide(key, ["neg"]);
    await waitFor("the refusal", () => gone.refusals.length > 0);
    expect(gone.refusals).toMatchObject([{ code: "forbidden", keys: [key] }]);
    expect(await live.test.db.verification.count({ where: { annotationId: key } })).toBe(0);
  });

  it("to a lesser role comes back to read", async () => {
    const lesser = await live.join({ name: "Lesser" });
    await change(lesser, { role: "viewer" });
    await waitFor("the cut", () => lesser.closed.includes(4205));
    await lesser.synced();
    const key = live.nextKey();
    lesser.decide(key, ["neg"]);
    await waitFor("the refusal", () => lesser.refusals.length > 0);
    expect(lesser.refusals).toMatchObject([{ code: "forbidden" }]);
  });
});

describe("word of changed rights that may be lost", () => {
  const cutListeners = () =>
    live.test.pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tandem events' and datname = current_database()",
    );

  it("cuts off who was removed meanwhile, and nobody else", async () => {
    const [gone, stays] = [await live.join({ name: "Gone" }), await live.join({ name: "Stays" })];
    await live.test.db.membership.update({
      where: { projectId_userId: { projectId: live.world.project.id, userId: gone.userId } },
      data: { removedAt: new Date() },
    });
    await cutListeners();
    await waitFor("the cut", () => gone.closed.includes(4205));
    await waitFor("the door to be closed", () => gone.closed.at(-1) === 4403);
    const key = live.nextKey();
    stays.decide(key, ["neg"]);
    await stays.saved();
    expect(stays.closed).toEqual([]);
  });

  it("cuts off whose token was revoked meanwhile", async () => {
    const [gone, stays] = [await live.join({ name: "Gone" }), await live.join({ name: "Stays" })];
    await live.test.db.accessToken.updateMany({
      where: { userId: gone.userId },
      data: { revokedAt: new Date() },
    });
    await cutListeners();
    await waitFor("the end", () => gone.closed.at(-1) === 4401);
    stays.decide(live.nextKey(), ["neg"]);
    await stays.saved();
    expect(stays.closed).toEqual([]);
  });
});

describe("a token that runs out", () => {
  it("ends the connection that it opened, and no other", async () => {
    const node = await startLiveNode({ ...live.test, askAgainMs: 50 });
    const [gone, stays] = [await live.join({ name: "Gone", node }), await live.join({ name: "Stays", node })];
    await live.test.db.accessToken.updateMany({
      where: { userId: gone.userId },
      data: { expiresAt: new Date(Date.now() - 1000) },
    });
    await waitFor("the end", () => gone.closed.at(-1) === 4401);
    expect(gone.closed[0]).toBe(4205);
    stays.decide(live.nextKey(), ["neg"]);
    await stays.saved();
    expect(stays.closed).toEqual([]);
    await node.stop();
  });
});

describe("a session that is closed", () => {
  it("stays open to look at, and refuses every decision", async () => {
    const ada = await live.join();
    const { id } = live.world.session;
    const key = live.nextKey();
    await patchSession(live.test.db, live.world.member, { id, state: "closed" });
    ada.decide(key, ["neg"]);
    await waitFor("the refusal", () => ada.refusals.length > 0);
    expect(ada.refusals).toMatchObject([{ code: "closed", keys: [key] }]);
    await waitFor("the document without it", () => ada.get(key) === undefined);
    expect(await live.test.db.verification.count({ where: { annotationId: key } })).toBe(0);
    const late = await live.join({ name: "Late" });
    expect(late.closed).toEqual([]);
    await patchSession(live.test.db, live.world.member, { id, state: "open" });
    ada.decide(key, ["neg"]);
    await ada.saved();
    expect(ada.refusals).toHaveLength(1);
  });
});
