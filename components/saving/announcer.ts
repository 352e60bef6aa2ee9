/** Tells listeners that something has changed; all changes of one moment are told once. */
export type Announcer = {
  subscribe(listener: () => void): () => void;
  announce(): void;
};

export function createAnnouncer(): Announcer {
  const listeners = new Set<() => void>();
  let isDue = false;
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    announce() {
      if (isDue) return;
      isDue = true;
      queueMicrotask(() => {
        isDue = false;
        for (const listener of listeners) listener();
      });
    },
  };
}
