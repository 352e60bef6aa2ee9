import { describe, expect, it } from "vitest";
import type { ReconcileAnswer } from "@/contracts/reconciliations";
import { createDecisionQueue, type Press } from "./decision-queue";

const press = (recordId: string, value: string[] | null, base: string | null = null): Press => ({
  recordId,
  value,
  note: null,
  base,
  votesVersion: "v",
});

/** A server with one decision a record, and a wire that can be cut. */
function world() {
  const stands = new Map<string, { id: string; value: string[] | null }>();
  const before = new Map<string, { recordId: string; was: string[] | null }>();
  const sent: Press[][] = [];
  const told = { refused: [] as string[], undone: [] as number[][] };
  let cut = 0;
  let number = 0;
  const write = (recordId: string, value: string[] | null): ReconcileAnswer => {
    const id = `d${++number}`;
    before.set(id, { recordId, was: stands.get(recordId)?.value ?? null });
    stands.set(recordId, { id, value });
    return {
      recordId,
      reconciliation: {
        id,
        recordId,
        label: "l",
        value,
        note: null,
        by: { id: "me", name: "Me" },
        current: true,
        overtaken: false,
        votesVersion: "v",
        restoredFrom: null,
        createdAt: "2026-01-01T00:00:00.000Z",
      },
    };
  };
  const overtaken = (recordId: string): ReconcileAnswer => ({
    recordId,
    error: { code: "overtaken", message: "Bo has decided this meanwhile." },
    stands: null,
  });
  const queue = createDecisionQueue({
    send: async (presses) => {
      if (cut-- > 0) throw new Error("cut");
      sent.push([...presses]);
      return presses.map(({ recordId, value, base }) => {
        const now = stands.get(recordId);
        const standing = now && now.value !== null ? now.id : null;
        return standing === base ? write(recordId, value) : overtaken(recordId);
      });
    },
    undo: async (ids) =>
      ids.map((id) => {
        const { recordId = "", was = null } = before.get(id) ?? {};
        return stands.get(recordId)?.id === id ? write(recordId, was) : overtaken(recordId);
      }),
    onAnswers: () => undefined,
    onRefused: (why) => told.refused.push(why),
    onUndone: (...counts) => told.undone.push(counts),
    isUnreachable: (error) => error instanceof Error && error.message === "cut",
    wordsOf: (error) => String(error),
    pause: () => Promise.resolve(),
  });
  return { queue, stands, sent, told, write, cutFor: (times: number) => (cut = times) };
}

describe("the queue of decisions", () => {
  it("shows what is pressed at once, and says saved after the server's word", async () => {
    const { queue, stands } = world();
    const saving = queue.decide([press("r", ["a"])]);
    expect(queue.getState().pending.get("r")?.value).toEqual(["a"]);
    expect(queue.getState().savedAt).toBeNull();
    await saving;
    expect(queue.getState().pending.size).toBe(0);
    expect(queue.getState().savedAt).toBeInstanceOf(Date);
    expect(stands.get("r")?.value).toEqual(["a"]);
  });

  it("never takes a second press for another person's", async () => {
    const { queue, stands, told } = world();
    void queue.decide([press("r", ["a"])]);
    void queue.decide([press("r", ["b"])]);
    await queue.decide([press("r", ["c"])]);
    expect(stands.get("r")?.value).toEqual(["c"]);
    expect([...queue.getState().overtaken]).toEqual([]);
    expect(told.refused).toEqual([]);
  });

  it("lets what somebody else decided stand, and says so with what I had chosen", async () => {
    const { queue, stands, write } = world();
    write("r", ["b"]);
    await queue.decide([press("r", ["a"])]);
    expect(stands.get("r")?.value).toEqual(["b"]);
    expect([...queue.getState().overtaken]).toEqual([["r", ["a"]]]);
    await queue.decide([press("r", ["a"], stands.get("r")?.id)]);
    expect(stands.get("r")?.value).toEqual(["a"]);
    expect([...queue.getState().overtaken]).toEqual([]);
  });

  it("keeps what can't be sent, and sends it once, in its order", async () => {
    const { queue, sent, cutFor } = world();
    cutFor(3);
    const seen: boolean[] = [];
    queue.subscribe(() => seen.push(queue.getState().offline));
    void queue.decide([press("r", ["a"])]);
    await queue.decide([press("s", ["b"])]);
    expect(sent.map(([one]) => one?.recordId)).toEqual(["r", "s"]);
    expect(seen).toContain(true);
    expect(queue.getState()).toMatchObject({ offline: false });
  });

  it("takes back twenty as one, does them again, and leaves what somebody decided after", async () => {
    const { queue, stands, told, write } = world();
    const records = Array.from({ length: 20 }, (_, at) => `r${at}`);
    await queue.decide(records.map((recordId) => press(recordId, ["a"])));
    expect(queue.getState().canUndo).toBe(true);
    write("r3", ["b"]);
    await queue.undo();
    expect(told.undone).toEqual([[19, 1]]);
    expect(records.filter((recordId) => stands.get(recordId)?.value !== null)).toEqual(["r3"]);
    expect(stands.get("r3")?.value).toEqual(["b"]);
    await queue.redo();
    expect(stands.get("r0")?.value).toEqual(["a"]);
    expect(queue.getState()).toMatchObject({ canUndo: true, canRedo: false });
  });
});
