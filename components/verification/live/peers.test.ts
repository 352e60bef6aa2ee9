import { describe, expect, it } from "vitest";
import { peersOf } from "./peers";

const ada = { id: "018f0000-0000-7000-8000-00000000000a", name: "Ada", color: 1 };
const bo = { id: "018f0000-0000-7000-8000-00000000000b", name: "Bo", color: 2 };
const at = "018f0000-0000-7000-8000-0000000000aa";

describe("the people in a session", () => {
  it("are shown once each, where they look; not this page, and nobody without the server's word", () => {
    const states = [
      { clientId: 1, state: { user: ada, at: null }, renewedAt: 9 },
      { clientId: 2, state: { user: ada, at, view: "focus" }, renewedAt: 1 },
      { clientId: 3, state: { user: bo, at }, renewedAt: 5 },
      { clientId: 4, state: { at }, renewedAt: 5 },
      { clientId: 5, state: "nonsense", renewedAt: 5 },
    ];
    expect(peersOf(states, new Set([3]))).toEqual([{ clientId: 2, user: ada, at, view: "focus" }]);
    expect(peersOf(states, new Set()).map(({ user }) => user.name)).toEqual(["Ada", "Bo"]);
  });
});
