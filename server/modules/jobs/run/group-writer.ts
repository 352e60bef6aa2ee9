/** Writes items in groups: what comes while one write is under way goes into the next. */
export type GroupWriter<T, R> = {
  /** Resolves with the item's own result when the group it was written with is committed. */
  add(item: T): Promise<R>;
  /** Writes what has been added without waiting for more. */
  flush(): void;
};

type Waiting<T, R> = { item: T; resolve: (result: R) => void; reject: (error: unknown) => void };

export type GroupWriterOptions = {
  /** Items of one group at most. */
  largest: number;
  /** How long a group waits for more before it is written, unless it is full; default 0. */
  lingerMs?: number;
  /** Groups that are written at a time; default 1. */
  atOnce?: number;
};

/**
 * Group commit: a write starts as soon as the last one ended, so load makes bigger groups and not longer waits.
 * @param write writes a group in one transaction and gives one result for each item, in their order
 */
export function createGroupWriter<T, R>(
  write: (items: T[]) => Promise<R[]>,
  { largest, lingerMs = 0, atOnce = 1 }: GroupWriterOptions,
): GroupWriter<T, R> {
  const waiting: Waiting<T, R>[] = [];
  let writing = 0;
  let hurried = false;
  let endLinger = () => {};

  const linger = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, lingerMs);
      endLinger = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      if (lingerMs > 0 && !hurried && waiting.length < largest) await linger();
      const group = waiting.splice(0, largest);
      try {
        const results = await write(group.map(({ item }) => item));
        group.forEach(({ resolve, reject }, index) => {
          const result = results[index];
          if (result === undefined) reject(new Error("A written item has no result."));
          else resolve(result);
        });
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    writing -= 1;
    if (writing === 0) hurried = false;
  }

  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        if (waiting.length >= largest) endLinger();
        if (writing === atOnce) return;
        writing += 1;
        // What else arrives in this turn of the event loop joins the first group.
        setImmediate(writeAll);
      }),
    flush() {
      hurried = writing > 0;
      endLinger();
    },
  };
}
