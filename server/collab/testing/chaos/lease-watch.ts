import { groupBy } from "./group-by";

/** One person's hold on a record, from the answer that gave it to the decision that ended it or its expiry. */
type Hold = { userId: string; recordId: string; from: number; until: number };

/** Keeps what "next" has handed out, to find records that too many people held at once. */
export type LeaseWatch = {
  given(userId: string, recordId: string, expiresAt: Date): void;
  /** The person decides or lets go of what they hold. */
  ended(userId: string): void;
  count(): number;
  /** Records that more than so many people held at a moment. */
  findCrowded(limit: number): string[];
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
    findCrowded(limit) {
      const byRecord = groupBy(holds, ({ recordId }) => recordId);
      // The most there are at the beginning of one of the holds.
      const most = (list: readonly Hold[]) =>
        Math.max(
          ...list.map(
            ({ from }) =>
              new Set(list.filter((one) => one.from <= from && from < one.until).map(({ userId }) => userId))
                .size,
          ),
        );
      return [...byRecord].flatMap(([recordId, list]) => (most(list) > limit ? [recordId] : []));
    },
  };
}
