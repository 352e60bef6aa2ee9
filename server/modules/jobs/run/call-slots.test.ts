import { describe, expect, it, vi } from "vitest";
import { createCallSlots } from "./call-slots";

const never = new AbortController().signal;

describe("the places of calls", () => {
  it("are as many as said, and go to who waits in turn", async () => {
    const slots = createCallSlots(2);
    const order: string[] = [];
    await slots.take(never);
    await slots.take(never);
    const third = slots.take(never).then(() => order.push("third"));
    const fourth = slots.take(never).then(() => order.push("fourth"));
    await new Promise(setImmediate);
    expect(order).toEqual([]);
    slots.give();
    await third;
    expect(order).toEqual(["third"]);
    slots.give();
    await fourth;
    expect(order).toEqual(["third", "fourth"]);
  });

  it("are not waited for beyond the end, and nothing is lost by those who gave up", async () => {
    const slots = createCallSlots(1);
    await slots.take(never);
    const end = new AbortController();
    const waits = [slots.take(end.signal), slots.take(never), slots.take(end.signal)];
    end.abort();
    expect(await waits[0]).toBe(false);
    expect(await waits[2]).toBe(false);
    slots.give();
    expect(await waits[1]).toBe(true);
    slots.give();
    expect(await slots.take(never)).toBe(true);
    expect(await slots.take(end.signal)).toBe(false);
  });
});

it("a place is not waited for where answers have ceased to come", async () => {
  vi.useFakeTimers();
  try {
    const slots = createCallSlots(1);
    await slots.take(never);
    slots.noteTimes({ callMs: 400, commitMs: 10 });
    const settled: boolean[] = [];
    const waits = [slots.take(never), slots.take(never)].map((wait) => wait.then((has) => settled.push(has)));
    await vi.advanceTimersByTimeAsync(799);
    slots.give();
    await vi.advanceTimersByTimeAsync(1);
    await Promise.all(waits);
    expect(settled).toEqual([true, false]);
  } finally {
    vi.useRealTimers();
  }
});

describe("calls opened ahead", () => {
  const aheadOf = (most: number, callMs: number, commitMs: number) => {
    const slots = createCallSlots(most);
    slots.noteTimes({ callMs, commitMs });
    return slots.ahead();
  };

  it("fill the places that stand empty during a commit", () => {
    expect(aheadOf(32, 50, 8)).toBe(8);
    expect(aheadOf(32, 100, 6)).toBe(3);
    expect(aheadOf(16, 50, 6)).toBe(3);
  });

  it("are none at a provider beside which a commit takes no time, before anything is known, and with few calls", () => {
    expect(aheadOf(32, 2000, 8)).toBe(0);
    expect(aheadOf(15, 1, 100)).toBe(0);
    expect(createCallSlots(32).ahead()).toBe(0);
  });

  it("are a quarter of the calls at most", () => {
    expect(aheadOf(32, 5, 8)).toBe(8);
    expect(createCallSlots(32).mostAhead).toBe(8);
  });

  it("follow the times of late", () => {
    const slots = createCallSlots(32);
    slots.noteTimes({ callMs: 50, commitMs: 8 });
    for (let call = 0; call < 60; call++) slots.noteTimes({ callMs: 3000, commitMs: 8 });
    expect(slots.ahead()).toBe(0);
  });
});
