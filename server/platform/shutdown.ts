import { setTimeout as delay } from "node:timers/promises";
import { log } from "./log";

/** A step that hangs must not keep the rest from being stopped in order. */
const PATIENCE_PER_STEP = 10_000;

/** npm passes on a signal that the terminal has sent to the whole group already; a person needs longer. */
const ECHO = 500;

/** Of a person, a service manager, a terminal that is closed. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

type Stop = () => Promise<unknown>;

export type Shutdown = {
  /**
   * Notes how to end what has just begun; it will be ended before everything that was added earlier.
   * @param atOnce ends a process of its own that would outlive this one, without waiting
   */
  add(name: string, stop: Stop, atOnce?: () => void): void;
  /** Ends everything, the newest first. Never rejects: a step that fails or hangs is logged and passed over. */
  stop(): Promise<void>;
  /** Ends at once what would outlive this process; nothing is finished. */
  abandon(): void;
};

/** The order in which a process ends what it began. */
export function createShutdown(patienceMs = PATIENCE_PER_STEP): Shutdown {
  const steps: { name: string; stop: Stop }[] = [];
  const last: (() => void)[] = [];
  return {
    add: (name, stop, atOnce) => {
      steps.push({ name, stop });
      if (atOnce) last.push(atOnce);
    },
    async stop() {
      for (let step = steps.pop(); step; step = steps.pop()) await stopOne(step.name, step.stop, patienceMs);
    },
    abandon: () => {
      for (const atOnce of last) atOnce();
    },
  };
}

async function stopOne(name: string, stop: Stop, patienceMs: number): Promise<void> {
  const done = new AbortController();
  const tooLong = delay(patienceMs, true, { signal: done.signal }).catch(() => false);
  try {
    const late = await Promise.race([stop().then(() => false), tooLong]);
    if (late) log().warn({ step: name }, "stopping takes too long; going on");
  } catch (error) {
    log().error({ err: error, step: name }, "stopping failed; going on");
  } finally {
    done.abort();
  }
}

export type SignalOptions = {
  onFirst: () => void;
  /** Somebody does not want to wait any longer. */
  onSecond: () => void;
};

/**
 * Calls `onFirst` for the first signal to stop, and `onSecond` for one that comes later.
 * @returns the function that listens no more
 */
export function listenForSignals(
  { onFirst, onSecond }: SignalOptions,
  source: NodeJS.EventEmitter = process,
) {
  let first: number | undefined;
  const receive = () => {
    const now = performance.now();
    if (first === undefined) {
      first = now;
      onFirst();
    } else if (now - first > ECHO) {
      onSecond();
    }
  };
  for (const signal of SIGNALS) source.on(signal, receive);
  return () => {
    for (const signal of SIGNALS) source.off(signal, receive);
  };
}
