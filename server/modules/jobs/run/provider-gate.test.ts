import { describe, expect, it, vi } from "vitest";
import { createProviderGate, providerName } from "./provider-gate";

const never = new AbortController().signal;

/** Counts how many of those that ask have entered. */
function createCrowd(gate: ReturnType<typeof createProviderGate>) {
  let entered = 0;
  return {
    ask(count: number): void {
      for (let n = 0; n < count; n++)
        gate.enter(never).then((inside) => {
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

  it("halves once for all calls that were sent before it halved, and grows by one a round of answers", async () => {
    const gate = createProviderGate();
    const crowd = createCrowd(gate);
    crowd.ask(64);
    await crowd.hasEntered(64);
    const sent = Date.now() - 1;
    for (let n = 0; n < 10; n++) gate.refused(sent);
    expect(gate.mayStay()).toBe(false);
    for (let n = 0; n < 32; n++) gate.leave();
    expect(gate.mayStay()).toBe(true);
    crowd.ask(1);
    await crowd.hasEntered(64);
    for (let n = 0; n < 34; n++) gate.bore();
    gate.leave();
    crowd.ask(1);
    await crowd.hasEntered(66);
  });

  it("keeps at least one place, so that work goes on", async () => {
    const gate = createProviderGate();
    expect(await gate.enter(never)).toBe(true);
    for (let n = 0; n < 5; n++) gate.refused(Date.now() + 1000 * n);
    gate.leave();
    expect(await gate.enter(never)).toBe(true);
  });

  it("stays shut until a pause has passed, and lets go of whoever gives up", async () => {
    vi.useFakeTimers();
    try {
      const gate = createProviderGate();
      gate.pauseUntil(Date.now() + 5000);
      let entered = false;
      gate.enter(never).then((inside) => {
        entered = inside;
      });
      const leaving = new AbortController();
      const gone = gate.enter(leaving.signal);
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

  it("lets nobody in who has already given up", async () => {
    expect(await createProviderGate().enter(AbortSignal.abort())).toBe(false);
  });
});

it("tells providers apart by address and key, and holds neither", () => {
  const name = providerName("https://a.example/v1", "secret-key");
  expect(name).not.toContain("secret");
  expect(
    new Set([name, providerName("https://a.example/v1", "other"), providerName(null, "secret-key")]).size,
  ).toBe(3);
});
