/** Calls opened ahead, as a share of the calls at the provider, at most; few calls are committed in no time. */
const MOST_AHEAD = 0.25;
const WITH_CALLS = 16;
/** Answers come in bursts: more calls must be open than the average takes. */
const FOR_BURSTS = 1.5;
/** Weight of the newest of the times in their running mean. */
const NEWEST = 0.1;
/** A place that is not free after twice the time that answers take is not about to be. */
const PATIENCE = 2;
const SHORTEST_PATIENCE_MS = 100;

/**
 * The places of a job's calls at its provider. While an answer is committed, together with the attempt of the call after
 * it, its place would stand empty; so a few calls are opened ahead, and are sent as soon as a place is free.
 */
export type CallSlots = {
  /** Calls that may be opened beyond those at the provider, whatever the times. */
  readonly mostAhead: number;
  /** How many of these are worth it: as many as places that would stand empty, by the times noted. */
  ahead(): number;
  /** Waits for a place at the provider; false when `signal` was aborted first, or no place is about to be free. */
  take(signal: AbortSignal): Promise<boolean>;
  /** The call that had the place has ended. */
  give(): void;
  /** Notes how long an answer took to come, and then to be committed. */
  noteTimes(times: { callMs: number; commitMs: number }): void;
};

/** @param most calls at the provider at a time, at most */
export function createCallSlots(most: number): CallSlots {
  const mostAhead = most < WITH_CALLS ? 0 : Math.floor(most * MOST_AHEAD);
  /** In the order in which they came. */
  const waiting = new Set<() => void>();
  let free = most;
  let callMs = 0;
  let commitMs = 0;

  const wait = (signal: AbortSignal) =>
    new Promise<boolean>((resolve) => {
      const settle = (hasPlace: boolean) => {
        waiting.delete(admit);
        clearTimeout(timer);
        signal.removeEventListener("abort", giveUp);
        resolve(hasPlace);
      };
      const admit = () => settle(true);
      const giveUp = () => settle(false);
      const timer = setTimeout(giveUp, Math.max(SHORTEST_PATIENCE_MS, PATIENCE * callMs));
      waiting.add(admit);
      signal.addEventListener("abort", giveUp, { once: true });
    });

  return {
    mostAhead,
    ahead: () =>
      callMs === 0 ? 0 : Math.min(mostAhead, Math.round((FOR_BURSTS * most * commitMs) / callMs)),
    async take(signal) {
      if (signal.aborted) return false;
      if (free === 0) return wait(signal);
      free -= 1;
      return true;
    },
    give() {
      const [next] = waiting;
      if (next) next();
      else free += 1;
    },
    noteTimes(times) {
      const weight = callMs === 0 ? 1 : NEWEST;
      callMs += weight * (times.callMs - callMs);
      commitMs += weight * (times.commitMs - commitMs);
    },
  };
}
