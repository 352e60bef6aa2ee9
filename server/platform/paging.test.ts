import fc from "fast-check";
import { expect, test } from "vitest";
import { newId } from "./ids";
import { cutPage, pageById } from "./paging";

test("the pages of any list, joined, are the list, whatever the limit", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 30 }), fc.integer({ min: 1, max: 12 }), async (length, limit) => {
      const all = Array.from({ length }, () => ({ id: newId() })).sort((a, b) => (a.id < b.id ? 1 : -1));
      const read = async (before: string | null, count: number) =>
        all.filter(({ id }) => before === null || id < before).slice(0, count);
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await pageById({ limit, cursor, read, count: async () => length });
        expect(page.total).toBe(length);
        expect(page.items.length).toBeLessThanOrEqual(limit);
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(seen).toEqual(all.map(({ id }) => id));
    }),
  );
});

test("a cursor that is no id is refused before anything is read", async () => {
  const page = pageById<{ id: string }>({
    limit: 1,
    cursor: "1",
    read: () => expect.fail("read"),
    count: () => expect.fail("counted"),
  });
  await expect(page).rejects.toMatchObject({ code: "invalid_cursor" });
});

test("a page that is exactly full and the last has no next", () => {
  expect(cutPage([1, 2], 2, String)).toEqual({ items: [1, 2], nextCursor: null });
  expect(cutPage([1, 2, 3], 2, String)).toEqual({ items: [1, 2], nextCursor: "2" });
});
