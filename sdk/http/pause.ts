/**
 * Waits.
 * @throws the signal's reason, at once, when it is aborted
 */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const give = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", give);
      resolve();
    }, ms);
    signal?.addEventListener("abort", give, { once: true });
  });
}

export type Deadline = {
  /** Aborted by the caller's signal, and when the time is over. */
  signal: AbortSignal;
  isOver(): boolean;
  /** There is no end any more; the caller's signal goes on. */
  lift(): void;
};

/** @param ms 0: no end */
export function startDeadline(ms: number, signal?: AbortSignal): Deadline {
  const end = new AbortController();
  const timer = ms > 0 ? setTimeout(() => end.abort(), ms) : undefined;
  return {
    signal: signal ? AbortSignal.any([signal, end.signal]) : end.signal,
    isOver: () => end.signal.aborted,
    lift: () => clearTimeout(timer),
  };
}
