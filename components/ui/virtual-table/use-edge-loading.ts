"use client";

import { useEffect, useEffectEvent } from "react";
import type { Edge } from "./types";

/** Rows between the window and the end of what is loaded at which the next page is asked for. */
const nearRows = 30;

type EdgeLoadingInput = {
  before: Edge | undefined;
  after: Edge | undefined;
  /** First and last row in sight, and how many are loaded. */
  first: number;
  last: number;
  count: number;
};

/** Asks for the page before or after when the window comes near that end; a failed page waits for the reader. */
export function useEdgeLoading({ before, after, first, last, count }: EdgeLoadingInput): void {
  // The count is handed on because the edge may still be near when a short page has come.
  const loadBefore = useEffectEvent((_count: number) => before?.load());
  const loadAfter = useEffectEvent((_count: number) => after?.load());
  const wantsBefore = isIdle(before) && first < nearRows;
  const wantsAfter = isIdle(after) && last >= count - nearRows;

  useEffect(() => {
    if (wantsBefore) loadBefore(count);
  }, [wantsBefore, count]);

  useEffect(() => {
    if (wantsAfter) loadAfter(count);
  }, [wantsAfter, count]);
}

function isIdle(edge: Edge | undefined): boolean {
  return edge?.hasMore === true && !edge.loading && edge.failed === undefined;
}
