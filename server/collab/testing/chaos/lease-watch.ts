import { groupBy } from "./group-by";

/** One person's hold on a record, from the answer that gave it to the decision that ended it or its expiry. */
type Hold = { userId: string; recordId: string; from: number; until: number };

/** Keeps what "next" has handed out, to find records that two people held at once. */
export type LeaseWatch = {
  given(userId: string, recordId: string, expiresAt: Date): void;
  /** The person decides or lets go of what they hold. */
  ended(userId: string): void;
  count(): number;
  findDouble(): string[];
};

export function watchLeases(): LeaseWatch {
  const holds: Hold[] = [];
  const open = new Map<string, Hold>();

  function ended(userId: string): void {
    const hold = open.get(userId);
    if (hold) hold.until = Math.min(hold.until, Date.now());
    open.delete(userId);
  }

  return {
    given(userId, recordId, expiresAt) {
      if (open.get(userId)?.recordId === recordId) return;
      ended(userId);
      const hold = { userId, recordId, from: Date.now(), until: expiresAt.getTime() };
      open.set(userId, hold);
      holds.push(hold);
    },
    ended,
    count: () => holds.length,
    findDouble() {
      const byRecord = groupBy(holds, ({ recordId }) => recordId);
      return [...byRecord].flatMap(([recordId, list]) =>
        list.some((a, at) =>
          list.some(
            (b, place) => place > at && a.userId !== b.userId && a.from < b.until && b.from < a.until,
          ),
        )
          ? [recordId]
          : [],
      );
    },
  };
}
