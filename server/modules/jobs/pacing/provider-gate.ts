import { sha256 } from "@/server/platform/crypto";
import type { RateHint } from "@/server/platform/llm";
import { processWide } from "@/server/platform/process-wide";
import { createRateControl } from "./rate-control";

/** As many calls as one provider ever gets at a time from this process. */
const CEILING = 64;
/** Where the provider refuses because of calls at a time, there are a tenth fewer, and one more a round of answers. */
const FEWER = 0.9;

/** Who waits at a gate: small jobs go before large ones, and those of equal weight take turns. */
type GateUser = { jobId: string; priority: number };

/**
 * Lets calls of all jobs to one provider through: as many at a time as it bears, no faster than it bears, and none
 * before a pause has passed.
 */
export type ProviderGate = {
  /** Waits for a place; `false` when `signal` was aborted first. */
  enter(user: GateUser, signal: AbortSignal): Promise<boolean>;
  leave(): void;
  /** Whether the holder of a place may make another call at once; if so, it counts as made. */
  mayStay(): boolean;
  /** A call ended, in whatever other way than by being asked to slow down. @param tokens that it used */
  ended(rate: RateHint | null | undefined, tokens: number | null): void;
  /** @param sentMs when the refused call was sent */
  refused(sentMs: number, retryAfterMs: number | null, rate: RateHint | null | undefined): void;
  /** No call before this time (milliseconds of `Date.now`). */
  pauseUntil(timeMs: number): void;
  /** Whether what was let through and is not sent yet should wait after all. */
  isPaused(): boolean;
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

type Waiting = GateUser & { admit(): void };

export function createProviderGate(): ProviderGate {
  const control = createRateControl();
  let places: number = CEILING;
  let taken = 0;
  let fewerSince = 0;
  let timer: NodeJS.Timeout | undefined;
  let timerAt = Number.POSITIVE_INFINITY;
  const waiting = new Set<Waiting>();
  /** Admissions of each job that waits, so that jobs take turns. */
  const turns = new Map<string, number>();
  let turn = 0;

  const isFull = () => taken >= Math.floor(places);

  /** Who goes next: the most urgent; among equals, whose job has waited longest. */
  function next(): Waiting | undefined {
    let best: Waiting | undefined;
    for (const one of waiting)
      if (
        !best ||
        one.priority > best.priority ||
        (one.priority === best.priority && turnOf(one) < turnOf(best))
      )
        best = one;
    return best;
  }
  const turnOf = ({ jobId }: GateUser) => turns.get(jobId) ?? 0;

  function open(): void {
    while (waiting.size > 0 && !isFull()) {
      const now = Date.now();
      const wait = control.waitMs(now, taken);
      const one = next();
      if (wait > 0) wakeIn(now, wait);
      if (wait > 0 || !one) return;
      turn += 1;
      turns.set(one.jobId, turn);
      control.sent(now);
      one.admit();
    }
    if (waiting.size === 0) turns.clear();
  }

  function wakeIn(now: number, wait: number): void {
    if (now + wait >= timerAt) return;
    clearTimeout(timer);
    timerAt = now + wait;
    timer = setTimeout(() => {
      timerAt = Number.POSITIVE_INFINITY;
      open();
    }, wait);
  }

  return {
    enter: (user, signal) =>
      new Promise((resolve) => {
        const settle = (entered: boolean) => {
          waiting.delete(one);
          signal.removeEventListener("abort", giveUp);
          if (entered) taken += 1;
          resolve(entered);
        };
        const giveUp = () => settle(false);
        const one: Waiting = { ...user, admit: () => settle(true) };
        if (signal.aborted) return resolve(false);
        signal.addEventListener("abort", giveUp, { once: true });
        waiting.add(one);
        open();
      }),
    leave() {
      taken -= 1;
      open();
    },
    mayStay() {
      const now = Date.now();
      // Who waits goes first, when all can't go at once.
      if (waiting.size > 0 || taken > Math.floor(places) || control.waitMs(now, taken - 1) > 0) return false;
      control.sent(now);
      return true;
    },
    ended(rate, tokens) {
      places = Math.min(CEILING, places + 1 / places);
      control.ended(Date.now(), rate, tokens);
    },
    refused(sentMs, retryAfterMs, rate) {
      const now = Date.now();
      control.refused(now, sentMs, retryAfterMs, rate);
      if (sentMs < fewerSince || taken < places * FEWER) return;
      places = Math.max(1, places * FEWER);
      fewerSince = now;
    },
    pauseUntil: control.pauseUntil,
    isPaused: () => control.isPaused(Date.now()),
  };
}
