import { describe, expect, it, vi } from "vitest";
import { createProviderGate, providerName } from "./provider-gate";

const never = new AbortController().signal;
const large = { jobId: "large", priority: 0 };

/** Counts how many of those that ask have entered. */
function createCrowd(gate: ReturnType<typeof createProviderGate>) {
  let entered = 0;
  return {
    ask(count: number): void {
      for (let n = 0; n < count; n++)
        gate.enter(large, never).then((inside) => {
          if (inside) entered += 1;
        });
    },
    hasEntered: (count: number) => vi.waitFor(() => expect(entered).toBe(count)),
  };
}

describe("a provider's gate", () => {
  it("lets 64 calls in, and the next when one leaves", async () => {
    const gate = createProviderGate();
    const crowd = createCrowd(gate);
    crowd.ask(70);
    await crowd.hasEntered(64);
    gate.leave();
    await crowd.hasEntered(65);
  });

  it("has a tenth fewer places once for all calls that were sent before, and one more a round of answers", async () => {
    const gate = createProviderGate();
    const crowd = createCrowd(gate);
    crowd.ask(64);
    await crowd.hasEntered(64);
    const sent = Date.now() - 1;
    for (let n = 0; n < 2; n++) gate.refused(sent, null, null);
    expect(gate.mayStay()).toBe(false);
    for (let n = 0; n < 7; n++) gate.leave();
    expect(gate.mayStay()).toBe(true);
    for (let n = 0; n < 60; n++) gate.ended(null, null);
    crowd.ask(1);
    await crowd.hasEntered(65);
    expect(gate.mayStay()).toBe(true);
  });

  it("keeps at least one place, so that work goes on", async () => {
    vi.useFakeTimers();
    try {
      const gate = createProviderGate();
      expect(await gate.enter(large, never)).toBe(true);
      for (let n = 0; n < 50; n++) gate.refused(Date.now() + 1000 * n, null, null);
      gate.leave();
      const entered = gate.enter(large, never);
      await vi.advanceTimersByTimeAsync(20_000);
      expect(await entered).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });

  it("stays shut until a pause has passed, and lets go of whoever gives up", async () => {
    vi.useFakeTimers();
    try {
      const gate = createProviderGate();
      gate.pauseUntil(Date.now() + 5000);
      let entered = false;
      gate.enter(large, never).then((inside) => {
        entered = inside;
      });
      const leaving = new AbortController();
      const gone = gate.enter(large, leaving.signal);
      leaving.abort();
      expect(await gone).toBe(false);
      await vi.advanceTimersByTimeAsync(4990);
      expect(entered).toBe(false);
      await vi.advanceTimersByTimeAsync(20);
      expect(entered).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });

  it("lets small jobs go first and the others take turns", async () => {
    const gate = createProviderGate();
    createCrowd(gate).ask(64);
    const order: string[] = [];
    const ask = (jobId: string, priority: number) =>
      gate.enter({ jobId, priority }, never).then(() => order.push(jobId));
    const asked = [ask("a", 0), ask("a", 0), ask("a", 0), ask("b", 0), ask("b", 0), ask("small", 1)];
    for (let n = 0; n < asked.length; n++) gate.leave();
    await Promise.all(asked);
    expect(order).toEqual(["small", "a", "b", "a", "b", "a"]);
  });

  it("lets nobody in who has already given up", async () => {
    expect(await createProviderGate().enter(large, AbortSignal.abort())).toBe(false);
  });
});

it("tells providers apart by address and key, and holds neither", () => {
  const name = providerName("https://a.example/v1", "secret-key");
  expect(name).not.toContain("secret");
  expect(
    new Set([name, providerName("https://a.example/v1", "other"), providerName(null, "secret-key")]).size,
  ).toBe(3);
});
