import { id, type ListOf } from "@/contracts/common";
import { AppError } from "@/server/platform/errors";

type PageByIdInput<T> = {
  limit: number;
  cursor: string | undefined;
  /** Up to `count` items, newest first, that are older than the item `before`. */
  read(before: string | null, count: number): Promise<T[]>;
  count(): Promise<number>;
};

/**
 * One page of a list whose ids are in the order of creation; the cursor is the id of the last item given.
 * @throws AppError `invalid_cursor`
 */
export async function pageById<T extends { id: string }>(input: PageByIdInput<T>): Promise<ListOf<T>> {
  const { limit, cursor } = input;
  if (cursor !== undefined && !id.safeParse(cursor).success)
    throw new AppError("invalid_cursor", "This cursor was not made by this list.");
  const [found, total] = await Promise.all([input.read(cursor ?? null, limit + 1), input.count()]);
  const items = found.slice(0, limit);
  const nextCursor = found.length > limit ? (items.at(-1)?.id ?? null) : null;
  return { items, nextCursor, total, totalExact: true };
}
