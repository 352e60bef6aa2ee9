import { z } from "zod";
import { AppError } from "./errors";

/** One page of a list and the number of items on all of its pages. */
export type CountedPage<T> = { items: T[]; nextCursor: string | null; total: number; totalExact: boolean };

/** What a list answers to a cursor that it can't have made. */
export const invalidCursor = (): AppError =>
  new AppError("invalid_cursor", "This cursor was not made by this list. Start again without one.");

/**
 * Cuts a page from rows of which one more was read than the page takes: the one too many says that another page follows.
 * @param cursorOf the place after the page's last row
 */
export function cutPage<T>(
  found: readonly T[],
  limit: number,
  cursorOf: (last: T) => string,
): { items: T[]; nextCursor: string | null } {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: last !== undefined && found.length > limit ? cursorOf(last) : null };
}

type PageByIdInput<T> = {
  limit: number;
  cursor: string | undefined;
  /** Up to `count` items, newest first, that are older than the item `before`. */
  read(before: string | null, count: number): Promise<T[]>;
  /** How many items all pages hold. */
  count(): Promise<number>;
};

const uuid = z.uuid();

/**
 * One page of a list whose ids are in the order of creation; the cursor is the id of the last item given.
 * @throws AppError `invalid_cursor`
 */
export async function pageById<T extends { id: string }>(input: PageByIdInput<T>): Promise<CountedPage<T>> {
  const { limit, cursor } = input;
  if (cursor !== undefined && !uuid.safeParse(cursor).success) throw invalidCursor();
  const [found, total] = await Promise.all([input.read(cursor ?? null, limit + 1), input.count()]);
  return { ...cutPage(found, limit, ({ id }) => id), total, totalExact: true };
}
