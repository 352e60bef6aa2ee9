"use client";

import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import type { DiscussionCounts } from "@/contracts/discussions";
import { useTRPC } from "@/trpc/client";
import { useDiscussionReader } from "./discussion-context";

/** Rows of a list are asked about so many at once; those of earlier pages are not asked about again. */
const CHUNK = 500;

/** What was said about the records of a list, by record id; undefined where nothing was, or while it loads. */
export function useDiscussionCounts(
  recordIds: readonly string[],
  sessionId?: string,
): ReadonlyMap<string, DiscussionCounts> {
  const { project } = useDiscussionReader();
  const trpc = useTRPC();
  // Their keys hold all the ids: made anew with each render they would be read through each time.
  const queries = useMemo(() => {
    const ids = [...new Set(recordIds)];
    return Array.from({ length: Math.ceil(ids.length / CHUNK) }, (_, at) =>
      trpc.discussions.counts.queryOptions(
        {
          project,
          recordIds: ids.slice(at * CHUNK, (at + 1) * CHUNK),
          ...(sessionId ? { sessionId } : {}),
        },
        { staleTime: Number.POSITIVE_INFINITY },
      ),
    );
  }, [recordIds, project, sessionId, trpc]);
  return useQueries({ queries, combine: byRecord });
}

function byRecord(
  answers: readonly { data: { items: DiscussionCounts[] } | undefined }[],
): ReadonlyMap<string, DiscussionCounts> {
  return new Map(answers.flatMap(({ data }) => data?.items ?? []).map((counts) => [counts.recordId, counts]));
}
