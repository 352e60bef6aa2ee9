"use client";

import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";

type Reader = { locale: string; renderedAt: number };

const ReaderContext = createContext<Reader>({ locale: "en", renderedAt: 0 });

/**
 * Gives every number and time below it one locale and one "now" for the first render, so that the server's
 * HTML and the browser's first pass agree. `locale` comes from Accept-Language, `renderedAt` from the server's clock.
 */
export function ReaderProvider({ locale, renderedAt, children }: Reader & { children: ReactNode }) {
  return <ReaderContext value={{ locale, renderedAt }}>{children}</ReaderContext>;
}

export function useLocale(): string {
  return useContext(ReaderContext).locale;
}

const never = () => () => {};

let zone: string | undefined;
/** Asked once: the answer takes a tenth of a millisecond, and every drawing would ask. */
const readZone = () => {
  zone ??= Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zone;
};

/** The reader's zone. In the server's HTML and the browser's first pass it is UTC: the server doesn't know theirs. */
export function useTimeZone(): string {
  return useSyncExternalStore(never, readZone, () => "UTC");
}

const tickMs = 15_000;
const listeners = new Set<() => void>();
let now = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** Milliseconds since 1970, renewed every 15 s by one timer for the whole page. */
export function useNow(): number {
  const { renderedAt } = useContext(ReaderContext);
  return useSyncExternalStore(subscribeToClock, readClock, () => renderedAt);
}

function subscribeToClock(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
    now = 0;
  };
}

function tick(): void {
  now = Date.now();
  for (const listener of listeners) listener();
}

function readClock(): number {
  if (now === 0) now = Date.now();
  return now;
}
