import { sha256 } from "@/server/platform/crypto";
import { processWide } from "@/server/platform/process-wide";

/** As many calls as one provider ever gets at a time from this process. */
const CEILING = 64;

/** Lets calls of all jobs to one provider through, as many as it bears and not before a pause has passed. */
export type ProviderGate = {
  /** Waits for a free place; `false` when `signal` was aborted first. */
  enter(signal: AbortSignal): Promise<boolean>;
  leave(): void;
  /** Whether the holder of a place may make another call at once. */
  mayStay(): boolean;
  /** The provider answered. */
  bore(): void;
  /** The provider asked to slow down. @param startedMs when the refused call was sent */
  refused(startedMs: number): void;
  /** No call before this time (milliseconds of `Date.now`). */
  pauseUntil(timeMs: number): void;
};

/** The gate of a provider (address and key) in this process. */
export function providerGate(name: string): ProviderGate {
  const gates = processWide("provider-gates", () => new Map<string, ProviderGate>());
  const gate = gates.get(name) ?? createProviderGate();
  gates.set(name, gate);
  return gate;
}

/** Tells providers apart without holding a key. */
export function providerName(baseUrl: string | null, apiKey: string | null): string {
  return sha256(`${baseUrl ?? ""}\n${apiKey ?? ""}`).slice(0, 32);
}

/**
 * The number of places halves when the provider refuses, once for all calls sent before it was halved, and
 * grows by one for each round of answers, so that it stays near what the provider bears.
 */
export function createProviderGate(): ProviderGate {
  let places: number = CEILING;
  let taken = 0;
  let pausedUntil = 0;
  let halvedAt = 0;
  let timer: NodeJS.Timeout | undefined;
  const waiting = new Set<() => void>();

  function open(): void {
    const wait = pausedUntil - Date.now();
    if (wait > 0) {
      clearTimeout(timer);
      timer = setTimeout(open, wait);
      return;
    }
    for (const admit of waiting) {
      if (taken >= Math.floor(places)) return;
      admit();
    }
  }

  return {
    enter: (signal) =>
      new Promise((resolve) => {
        const settle = (entered: boolean) => {
          waiting.delete(admit);
          signal.removeEventListener("abort", giveUp);
          if (entered) taken += 1;
          resolve(entered);
        };
        const admit = () => settle(true);
        const giveUp = () => settle(false);
        if (signal.aborted) return resolve(false);
        signal.addEventListener("abort", giveUp, { once: true });
        waiting.add(admit);
        open();
      }),
    leave() {
      taken -= 1;
      open();
    },
    mayStay: () => taken <= Math.floor(places) && Date.now() >= pausedUntil,
    bore() {
      places = Math.min(CEILING, places + 1 / places);
    },
    refused(startedMs) {
      if (startedMs < halvedAt) return;
      places = Math.max(1, Math.min(places, taken) / 2);
      halvedAt = Date.now();
    },
    pauseUntil(timeMs) {
      pausedUntil = Math.max(pausedUntil, timeMs);
    },
  };
}
