import { describe, expect, it } from "vitest";
import { type SaveState, saveStateOf } from "./save-state";

describe("the save state", () => {
  const facts: Parameters<typeof saveStateOf>[0] = {
    refused: null,
    pending: 0,
    online: true,
    synced: true,
    savedAt: null,
  };
  const savedAt = new Date(0);
  it.each<[string, Partial<typeof facts>, SaveState]>([
    ["connecting", { synced: false }, { kind: "connecting" }],
    ["saving before the first document", { synced: false, pending: 2 }, { kind: "saving", count: 2 }],
    ["saved, nothing yet", {}, { kind: "saved", at: null }],
    ["saving", { pending: 1, savedAt }, { kind: "saving", count: 1 }],
    ["saved", { savedAt }, { kind: "saved", at: savedAt }],
    ["offline with nothing to send", { online: false, savedAt }, { kind: "offline", count: 0 }],
    ["offline", { online: false, pending: 3 }, { kind: "offline", count: 3 }],
    [
      "refused, whatever else",
      { refused: { kind: "refused", reason: "gone", kept: [] }, pending: 3, online: false },
      { kind: "refused", reason: "gone", kept: [] },
    ],
  ])("is %s", (_, more, expected) => {
    expect(saveStateOf({ ...facts, ...more })).toEqual(expected);
  });
});
