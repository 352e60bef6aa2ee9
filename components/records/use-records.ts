"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { Query, SortKey } from "@/contracts/query";
import type { RecordRow, SearchNote } from "@/contracts/records";
import { problemOf, useTRPCClient } from "@/trpc/client";
import {
  emptyWindow,
  indexOfRow,
  type PagePlan,
  type PageWindow,
  pageOf,
  planPage,
  rowAt,
  wantedPages,
  withCount,
  withFailure,
  withoutFailures,
  withPage,
  withRows,
} from "./page-window";

import { useExactCount } from "./use-exact-count";
import { include, useFreshRecords } from "./use-fresh-records";

const PAGE = 200;
/** Milliseconds for which the reader must stay at a far place before its rows are asked for. */
const SETTLED = 90;
type UseRecordsInput = { project: string; query: Query | null; sort: SortKey[]; enabled: boolean };
type Problem = ReturnType<typeof problemOf>;
type Listing = {
  /** What is asked; another key is another list. */
  key: string;
  /** Counts how often it was asked anew; answers to earlier rounds are dropped. */
  round: number;
  window: PageWindow<RecordRow>;
  /** The window of the round before: its rows stand until those of this round come. */
  past: PageWindow<RecordRow> | null;
  /** Why nothing can be shown at all. */
  problem: Problem | null;
  notes: readonly SearchNote[];
  /** The whole is being counted, behind what is known of it. */
  counting: boolean;
};

const newListing = (key: string): Listing => ({
  key,
  round: 0,
  window: emptyWindow(PAGE),
  past: null,
  problem: null,
  notes: [],
  counting: true,
});

/** The records of a query, of which those around what is in sight are in memory. */
export function useRecords({ project, query, sort, enabled }: UseRecordsInput) {
  const client = useTRPCClient();
  const fresh = useFreshRecords(project);
  const key = JSON.stringify([query, sort]);
  const [listing, setListing] = useState(() => newListing(key));
  const [sight, setSight] = useState({ first: 0, last: 0 });
  if (listing.key !== key) setListing(newListing(key));
  const { window, past, round } = listing;
  const list = `${round} ${key} `;
  const flying = useRef(new Map<string, AbortController>());

  const search = (plan: PagePlan, extra: { include: typeof include }, signal?: AbortSignal) =>
    client.records.search.query(
      { project, query: query ?? {}, sort, ...extra, ...placeOf(plan) },
      signal ? { signal } : {},
    );
  const change = (part: (now: Listing) => Partial<Listing>) =>
    setListing((now) => (now.key === key && now.round === round ? { ...now, ...part(now) } : now));

  async function load(page: number, plan: PagePlan) {
    const flight = `${list}${page}`;
    const controller = new AbortController();
    flying.current.set(flight, controller);
    try {
      const answer = await search(plan, { include }, controller.signal);
      const near = pageOf(window, sight.first);
      change((now) => ({
        window: withPage(now.window, { page, plan, answer, near }),
        problem: null,
        notes: answer.notes ?? [],
      }));
    } catch (error) {
      if (controller.signal.aborted) return;
      const problem = problemOf(error);
      change((now) => ({
        window: withFailure(now.window, page, problem.detail),
        problem: now.window.pages.size === 0 && now.past === null ? problem : now.problem,
      }));
    } finally {
      flying.current.delete(flight);
    }
  }

  const ask = useEffectEvent((wanted: readonly number[]) => {
    for (const page of wanted) {
      const plan = planPage(window, page);
      // The cursor of a neighbour on its way is better than a place.
      const isFar = plan.from === "place";
      if (isFar && (page < pageOf(window, sight.first) || page > pageOf(window, sight.last))) continue;
      if (!flying.current.has(`${list}${page}`)) void load(page, plan);
      if (isFar) return;
    }
  });
  useEffect(() => {
    if (!enabled) return;
    const wanted = wantedPages(window, sight.first, sight.last);
    const [first] = wanted;
    if (first === undefined || planPage(window, first).from !== "place") return ask(wanted);
    const settled = setTimeout(() => ask(wanted), SETTLED);
    return () => clearTimeout(settled);
  }, [enabled, window, sight]);
  // What was asked for before is of no use any more.
  const abortOthers = useEffectEvent((list: string) => {
    for (const [flight, controller] of flying.current) if (!flight.startsWith(list)) controller.abort();
  });
  useEffect(() => abortOthers(list), [list]);

  const uncounted = enabled && window.pages.size > 0 && !window.exact && listing.counting;
  useExactCount({
    key: list,
    wanted: uncounted,
    count: async (signal) => {
      const whole = { project, query: query ?? {}, limit: 1, total: "exact" as const };
      return (await client.records.search.query(whole, { signal })).total;
    },
    onEnd: (total) =>
      change((now) => ({
        window: total === null ? now.window : withCount(now.window, total),
        counting: false,
      })),
  });

  /**
   * Reads these records anew, where they stand: a label changes its row, never the order under the reader.
   * With them all that is shown of one record, and who labels here.
   */
  async function refresh(ids: readonly string[]) {
    const rows = await fresh.read(ids);
    change((now) => ({ window: withRows(now.window, (row) => rows.get(row.id) ?? row) }));
    await fresh.around();
  }

  /** Asks for everything anew; the rows there are stay until the new ones come. */
  function reload() {
    setListing((now) => ({
      ...newListing(now.key),
      round: now.round + 1,
      past: now.window,
      window: { ...emptyWindow<RecordRow>(PAGE), count: now.window.count },
    }));
    void fresh.around();
  }

  /** The ids of the rows from one place to another; those not in memory are asked for. */
  async function idsBetween(from: number, to: number): Promise<string[]> {
    let all = window;
    const ids: string[] = [];
    for (let page = pageOf(all, from); page <= pageOf(all, to); page += 1) {
      if (!all.pages.has(page)) {
        const plan = planPage(all, page);
        all = withPage(all, { page, plan, answer: await search(plan, { include: [] }), near: page });
      }
      for (const [at, row] of (all.pages.get(page) ?? []).entries()) {
        const index = page * PAGE + at;
        if (index >= from && index <= to) ids.push(row.id);
      }
    }
    return ids;
  }

  return {
    /** Rows known of; all of them when `countExact`. */
    count: window.count,
    countExact: window.exact,
    counting: uncounted,
    /** The first rows have not come yet. */
    isPending: enabled && window.count === 0 && !window.exact && listing.problem === null,
    problem: listing.problem,
    /** Why some rows in the middle did not come. */
    failure: listing.problem ? undefined : [...window.failed.values()][0],
    notes: listing.notes,
    rowAt: (index: number) => rowAt(window, index) ?? (past ? rowAt(past, index) : undefined),
    indexOf: (id: string) => indexOfRow(window, (row) => row.id === id),
    onSight: (first: number, last: number) => setSight({ first, last }),
    retry: () => change((now) => ({ window: withoutFailures(now.window), problem: null })),
    refresh,
    reload,
    idsBetween,
  };
}

/** How the search is told where a page lies. */
function placeOf(plan: PagePlan) {
  switch (plan.from) {
    case "start":
      return { limit: PAGE };
    case "after":
      return { limit: PAGE, cursor: plan.cursor };
    case "before":
      return { limit: PAGE, cursor: plan.cursor, direction: "backward" as const };
    case "end":
      return { limit: plan.limit, at: "end" as const };
    case "place":
      return { limit: plan.limit, at: plan.end, skip: plan.skip };
  }
}
