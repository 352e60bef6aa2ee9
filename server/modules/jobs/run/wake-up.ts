/** Lets many wait for a change, a time or the end, whichever comes first. */
export type WakeUp = {
  /** @param withinMs longest wait; null: only for a change or the end */
  wait(withinMs: number | null): Promise<void>;
  /** Wakes all that wait. */
  wake(): void;
};

export function createWakeUp(end: AbortSignal): WakeUp {
  const sleepers = new Set<() => void>();
  const wake = () => {
    for (const sleeper of [...sleepers]) sleeper();
  };
  end.addEventListener("abort", wake, { once: true });
  return {
    wake,
    wait: (withinMs) =>
      new Promise((resolve) => {
        if (end.aborted) return resolve();
        const timer = withinMs === null ? undefined : setTimeout(() => sleeper(), withinMs);
        const sleeper = () => {
          clearTimeout(timer);
          sleepers.delete(sleeper);
          resolve();
        };
        sleepers.add(sleeper);
      }),
  };
}
