import { describe, expect, it } from "vitest";
import { nextItem } from "@/server/modules/verification";
import { waitFor } from "@/server/testing/wait-for";
import { startLiveTest } from "./testing/live-test";

const live = startLiveTest();

describe("a record that somebody took with next", () => {
  it("is decided by them alone, on every node, until they have decided", async () => {
    const [here, there] = live.nodes;
    const ann = await live.join({ name: "Ann", node: here });
    const bo = await live.join({ name: "Bo", node: there });
    const cy = await live.join({ name: "Cy", node: here });
    // A commit before, so that each node knows the room as it was without a lease.
    const free = live.nextKey();
    bo.decide(free, ["neg"]);
    await waitFor("the first decision", () => ann.get(free) !== undefined && cy.get(free) !== undefined);

    const taken = await nextItem(live.test.db, ann.member, { id: live.world.session.id });
    const key = taken?.item.annotationId ?? "";
    for (const other of [bo, cy]) {
      other.decide(key, ["neg"]);
      await waitFor("the refusal", () => other.refusals.some(({ keys }) => keys.includes(key)));
      expect(other.refusals.at(-1)?.code).toBe("held");
      await waitFor("the set-back", () => (other.get(key)?.status ?? null) === null);
    }
    expect(await live.test.db.verification.count({ where: { annotationId: key } })).toBe(0);

    ann.decide(key, ["pos"]);
    await waitFor("Ann's verdict", () => bo.get(key)?.status === "CONFIRMS");
    bo.decide(key, ["neg"], { base: undefined });
    await waitFor("Bo's verdict", () => cy.get(key)?.by === bo.member.userId);
    expect(await live.test.db.sessionLease.count({ where: { sessionId: live.world.session.id } })).toBe(0);
  });

  it("is anybody's again when the lease has run out", async () => {
    const ann = await live.join({ name: "Ann" });
    const bo = await live.join({ name: "Bo" });
    const taken = await nextItem(live.test.db, ann.member, { id: live.world.session.id });
    await live.test.db.sessionLease.updateMany({ data: { expiresAt: new Date(0) } });
    const key = taken?.item.annotationId ?? "";
    bo.decide(key, ["neg"]);
    await waitFor("Bo's verdict", () => ann.get(key)?.status === "CORRECTS");
  });
});
