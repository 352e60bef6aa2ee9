import { setTimeout as delay } from "node:timers/promises";

/**
 * Waits until `condition` gives something truthy, and returns it. Tests wait for what they need, never for a
 * time that is hoped to be enough.
 * @param timeoutMs after which the wait fails with `what`: to end what hangs, not to measure
 */
export async function waitFor<T>(
  what: string,
  condition: () => T | Promise<T>,
  timeoutMs = 30_000,
): Promise<NonNullable<T>> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = await condition();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain for ${what}.`);
    await delay(10);
  }
}
