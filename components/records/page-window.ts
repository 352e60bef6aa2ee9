/** One page as a search answers it. */
export type PageAnswer<Row> = {
  items: readonly Row[];
  nextCursor: string | null;
  prevCursor: string | null;
  total: number;
  totalExact: boolean;
};

/**
 * A list of any length of which some pages are in memory. Rows have their place in the whole list from the
 * first moment on, so that nothing moves when their page comes or goes.
 */
export type PageWindow<Row> = {
  /** Rows of a page. */
  size: number;
  /** Rows of the list: exact, or as many as are known of. */
  count: number;
  exact: boolean;
  pages: ReadonlyMap<number, readonly Row[]>;
  /** Cursors by which a page is read forwards, after the page before it. */
  after: ReadonlyMap<number, string>;
  /** Cursors by which a page is read backwards, before the page after it. */
  before: ReadonlyMap<number, string>;
  /** Why a page did not come. */
  failed: ReadonlyMap<number, string>;
};

/** How to ask for a page: by a neighbour's cursor where there is one, else from an end or by its place. */
export type PagePlan =
  | { from: "start" }
  | { from: "after"; cursor: string }
  | { from: "before"; cursor: string }
  | { from: "end"; limit: number }
  | { from: "place"; end: "start" | "end"; skip: number; limit: number };

/** Pages in memory at most. */
const KEPT_PAGES = 16;

export const emptyWindow = <Row>(size: number): PageWindow<Row> => ({
  size,
  count: 0,
  exact: false,
  pages: new Map(),
  after: new Map(),
  before: new Map(),
  failed: new Map(),
});

export const pageOf = ({ size }: PageWindow<unknown>, index: number): number => Math.floor(index / size);

export const rowAt = <Row>(window: PageWindow<Row>, index: number): Row | undefined =>
  window.pages.get(pageOf(window, index))?.[index % window.size];

/** The place of a row that is in memory, -1 for every other. */
export function indexOfRow<Row>(window: PageWindow<Row>, isIt: (row: Row) => boolean): number {
  for (const [page, rows] of window.pages) {
    const at = rows.findIndex(isIt);
    if (at >= 0) return page * window.size + at;
  }
  return -1;
}

/** Pages that rows in sight need, those in sight first, then their neighbours; failed ones wait for the reader. */
export function wantedPages(window: PageWindow<unknown>, first: number, last: number): number[] {
  if (window.count === 0) return window.pages.has(0) || window.failed.has(0) ? [] : [0];
  const lastPage = pageOf(window, window.count - 1);
  const from = pageOf(window, Math.max(0, first));
  const to = Math.min(lastPage, pageOf(window, Math.max(0, last)));
  const inSight = Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
  return [...inSight, to + 1, from - 1].filter(
    (page) => page >= 0 && page <= lastPage && !window.pages.has(page) && !window.failed.has(page),
  );
}

export function planPage(window: PageWindow<unknown>, page: number): PagePlan {
  const { size, count, exact } = window;
  if (page === 0) return { from: "start" };
  const after = window.after.get(page);
  if (after !== undefined) return { from: "after", cursor: after };
  const before = window.before.get(page);
  if (before !== undefined) return { from: "before", cursor: before };
  if (exact && page === pageOf(window, count - 1)) return { from: "end", limit: count - page * size };
  // Records passed over are read: from the nearer end.
  const rest = count - (page + 1) * size;
  return exact && rest < page * size
    ? { from: "place", end: "end", skip: rest, limit: size }
    : { from: "place", end: "start", skip: page * size, limit: size };
}

/** The window with a page in it. Pages far from `near`, the page in sight, are forgotten; their cursors stay. */
export function withPage<Row>(
  window: PageWindow<Row>,
  { page, plan, answer, near }: { page: number; plan: PagePlan; answer: PageAnswer<Row>; near: number },
): PageWindow<Row> {
  // Rows before it have gone since it was counted: places are not true any more.
  if (plan.from === "before" && answer.items.length < window.size)
    return { ...emptyWindow<Row>(window.size), count: answer.total, exact: answer.totalExact };
  const pages = nearest(new Map(window.pages).set(page, answer.items), near);
  const after = new Map(window.after);
  const before = new Map(window.before);
  if (answer.nextCursor !== null) after.set(page + 1, answer.nextCursor);
  if (answer.prevCursor !== null && page > 0) before.set(page - 1, answer.prevCursor);
  const failed = new Map(window.failed);
  failed.delete(page);
  return { ...window, ...countAfter(window, page, answer), pages, after, before, failed };
}

function countAfter<Row>(
  window: PageWindow<Row>,
  page: number,
  { items, nextCursor, total, totalExact }: PageAnswer<Row>,
): Pick<PageWindow<Row>, "count" | "exact"> {
  const end = page * window.size + items.length;
  if (nextCursor === null && (items.length > 0 || page === 0)) return { count: end, exact: true };
  if (totalExact) return { count: Math.max(total, nextCursor === null ? 0 : end), exact: true };
  if (window.exact) return { count: Math.max(window.count, end), exact: true };
  return { count: Math.max(window.count, total, end + (nextCursor === null ? 0 : 1)), exact: false };
}

/** The window once the whole has been counted. */
export const withCount = <Row>(window: PageWindow<Row>, count: number): PageWindow<Row> => ({
  ...window,
  count,
  exact: true,
});

export const withFailure = <Row>(window: PageWindow<Row>, page: number, why: string): PageWindow<Row> => ({
  ...window,
  failed: new Map(window.failed).set(page, why),
});

/** The window in which failed pages are asked for again, by their place: their cursors may be why they failed. */
export function withoutFailures<Row>(window: PageWindow<Row>): PageWindow<Row> {
  const lives = ([page]: readonly [number, string]) => !window.failed.has(page);
  return {
    ...window,
    after: new Map([...window.after].filter(lives)),
    before: new Map([...window.before].filter(lives)),
    failed: new Map(),
  };
}

/** The window with rows replaced where they stand. */
export const withRows = <Row>(window: PageWindow<Row>, replace: (row: Row) => Row): PageWindow<Row> => ({
  ...window,
  pages: new Map([...window.pages].map(([page, rows]) => [page, rows.map(replace)])),
});

function nearest<Row>(pages: Map<number, readonly Row[]>, near: number): ReadonlyMap<number, readonly Row[]> {
  if (pages.size <= KEPT_PAGES) return pages;
  const kept = [...pages].sort(([one], [other]) => Math.abs(one - near) - Math.abs(other - near));
  return new Map(kept.slice(0, KEPT_PAGES));
}
