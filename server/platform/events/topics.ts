type Subscription = {
  onEvent(payload: unknown): void;
  /** Called when events may have been lost for a while: read the rows again. It may be called at any time. */
  onGap(): void;
};

/** Hears the events of an instance and hands them to whoever subscribed to their topic. */
export type EventListener = {
  /** Resolves when events arrive from now on, or when gaps are told in their place. */
  subscribe(topic: string, subscription: Subscription): Promise<() => void>;
  close(): Promise<void>;
};

/** Who subscribed to what in this process, whatever brings the events. */
export type Topics = {
  add(topic: string, subscription: Subscription): () => void;
  /** Hands out one message as {@link encodeEvent} wrote it. */
  dispatch(message: string): void;
  announceGap(): void;
  clear(): void;
};

/** An event as it travels. The topic of null is everybody's: something may have been lost. */
export const encodeEvent = (topic: string | null, payload: unknown): string =>
  JSON.stringify({ topic, payload });

export function createTopics(): Topics {
  const topics = new Map<string, Set<Subscription>>();

  function announceGap(): void {
    for (const subscriptions of [...topics.values()])
      for (const subscription of [...subscriptions]) subscription.onGap();
  }

  return {
    add(topic, subscription) {
      const subscriptions = topics.get(topic) ?? new Set();
      topics.set(topic, subscriptions.add(subscription));
      return () => {
        subscriptions.delete(subscription);
        if (subscriptions.size === 0 && topics.get(topic) === subscriptions) topics.delete(topic);
      };
    },
    dispatch(message) {
      const { topic, payload } = JSON.parse(message) as { topic: string | null; payload: unknown };
      if (topic === null) return announceGap();
      for (const subscription of [...(topics.get(topic) ?? [])]) subscription.onEvent(payload);
    },
    announceGap,
    clear: () => topics.clear(),
  };
}
