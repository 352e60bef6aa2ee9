"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { PreviewOutput } from "@/contracts/agents";
import { useTRPC } from "@/trpc/client";
import { type Draft, inputOf } from "./draft";
import { useSettled } from "./use-settled";
import type { StudioAddress } from "./use-studio-address";

const SETTLE_MS = 250;
/** Records whose prompts are made at once. */
const PAGE = 20;

/**
 * The prompts of a draft on one record, or on those of a subset or of the project, a page at a time around `place`;
 * the last good ones stay while the draft is wrong.
 */
export function useDraftPreview(
  project: string,
  draft: Draft,
  { subsetId, recordId }: Pick<StudioAddress, "subsetId" | "recordId">,
) {
  const trpc = useTRPC();
  const [place, setPlace] = useState(0);
  const offset = recordId ? 0 : place - (place % PAGE);
  const input = useMemo(
    // A model is not chosen yet: the prompt can be looked at all the same.
    () => inputOf(draft.model.trim() === "" ? { ...draft, model: "?" } : draft),
    [draft],
  );
  const settled = useSettled(input, SETTLE_MS);
  const which = recordId
    ? { recordIds: [recordId] }
    : { ...(subsetId ? { subsetId } : {}), ...(offset > 0 ? { offset } : {}) };
  const query = useQuery(
    trpc.agents.previewDraft.queryOptions(
      { project, ...settled, ...which, limit: PAGE },
      { placeholderData: keepPreviousData },
    ),
  );
  const [lastGood, setLastGood] = useState<PreviewOutput>();
  if (query.data && query.data !== lastGood) setLastGood(query.data);
  return {
    query,
    shown: query.data ?? lastGood,
    settling: settled !== input || query.isFetching,
    /** Which of the records is looked at, and the first that `shown` holds. */
    place,
    setPlace,
    offset,
  };
}
