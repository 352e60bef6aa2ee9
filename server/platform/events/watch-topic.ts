import { getEventListener } from "./listener";
import type { EventListener } from "./topics";

/**
 * Yields once for each time that something may have changed on `topic`, first at once. Changes that come while
 * the caller is busy are one, so a slow reader never falls behind: it reads the rows when it is told.
 * Ends when `signal` is aborted.
 */
export async function* watchTopic(
  topic: string,
  signal: AbortSignal,
  listener: EventListener = getEventListener(),
): AsyncGenerator<void> {
  let changed = true;
  let wake: () => void = () => undefined;
  const note = () => {
    changed = true;
    wake();
  };
  const end = await listener.subscribe(topic, { onEvent: note, onGap: note });
  signal.addEventListener("abort", note, { once: true });
  try {
    while (!signal.aborted) {
      if (changed) {
        changed = false;
        yield;
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    signal.removeEventListener("abort", note);
    end();
  }
}
