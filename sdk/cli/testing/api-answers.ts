/** A list as the API answers it. */
export const list = (items: readonly unknown[], total = items.length) => ({
  items,
  nextCursor: null,
  total,
  totalExact: true,
});

export const idOf = (nth: number) => `0198b3c0-0000-7000-8000-${String(nth).padStart(12, "0")}`;
const made = { createdAt: "2026-12-01T08:00:00.000Z", createdBy: { id: "u", name: "Ada" } };
export const agent = (nth: number, name: string) => ({
  id: idOf(nth),
  name,
  version: 3,
  prompt: { labels: ["sentiment"] },
  ...made,
});
export const subset = (nth: number, name: string) => ({
  id: idOf(nth),
  name,
  kind: "static",
  sample: null,
  count: 7,
  ...made,
});
