import { describe, expect, it } from "vitest";
import { personColor } from "@/contracts/person-color";
import { waitFor } from "@/server/testing/wait-for";
import { type Joined, startLiveTest } from "./testing/live-test";
import { presenceMessage } from "./wire";

const live = startLiveTest();

/** Says where it is: a first, empty state is one that y-protocols does not show to others. */
async function joinAndLook(options: Parameters<typeof live.join>[0] = {}): Promise<Joined> {
  const joined = await live.join(options);
  joined.provider.awareness.setLocalState({ at: null });
  return joined;
}

const seenBy = (who: Joined, of: Joined) => who.provider.awareness.getStates().get(of.doc.clientID);

describe("presence", () => {
  it("is seen in every process, under the name that the server knows", async () => {
    const ada = await joinAndLook({ name: "Ada", node: live.nodes[0] });
    const bo = await joinAndLook({ name: "Bo", node: live.nodes[1] });
    const at = live.nextKey();
    ada.provider.awareness.setLocalState({ user: { id: bo.userId, name: "The boss" }, at, view: "focus" });
    await waitFor("Ada at Bo's", () => seenBy(bo, ada)?.at === at);
    expect(seenBy(bo, ada)).toEqual({
      user: { id: ada.userId, name: "Ada", color: personColor(ada.userId) },
      at,
      view: "focus",
    });
  });

  it("of many people with long names reaches the other process", async () => {
    const bo = await joinAndLook({ node: live.nodes[1] });
    const many = await Promise.all(
      Array.from({ length: 20 }, () => joinAndLook({ name: "名".repeat(120), node: live.nodes[0] })),
    );
    const at = live.nextKey();
    for (const one of many) one.provider.awareness.setLocalState({ at });
    await waitFor("all of them at Bo's", () => many.every((one) => seenBy(bo, one)?.at === at));
  });

  it("is there for who comes later, and ends with the connection", async () => {
    const ada = await joinAndLook({ name: "Ada", node: live.nodes[0] });
    const [near, far] = [
      await joinAndLook({ node: live.nodes[0] }),
      await joinAndLook({ node: live.nodes[1] }),
    ];
    for (const bo of [near, far]) await waitFor("Ada", () => seenBy(bo, ada));
    ada.stop();
    for (const bo of [near, far]) await waitFor("Ada's end", () => !seenBy(bo, ada));
  });

  it("of somebody else's client id is passed over", async () => {
    const [ada, bo, eve] = [
      await joinAndLook({ name: "Ada" }),
      await joinAndLook({ name: "Bo" }),
      await joinAndLook({ name: "Eve" }),
    ];
    await waitFor("Ada at Bo's", () => seenBy(bo, ada));
    const clock = 1000;
    for (const [clientId, state] of [
      [ada.doc.clientID, null],
      [ada.doc.clientID, {}],
      [12345, {}],
    ] as const)
      eve.provider.ws?.send(new Uint8Array(presenceMessage([{ clientId, clock, state }])));
    const at = live.nextKey();
    eve.provider.awareness.setLocalState({ at });
    await waitFor("Eve at Bo's", () => seenBy(bo, eve)?.at === at);
    expect(seenBy(bo, ada)?.user).toMatchObject({ name: "Ada" });
    expect(bo.provider.awareness.getStates().has(12345)).toBe(false);
  });
});
