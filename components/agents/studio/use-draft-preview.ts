"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { PreviewOutput } from "@/contracts/agents";
import { useTRPC } from "@/trpc/client";
import { type Draft, inputOf } from "./draft";
import { useSettled } from "./use-settled";

const SETTLE_MS = 250;
const SHOWN = 20;

/** The prompts of a draft on the first records of a subset, or of the project; the last good ones stay while it is wrong. */
export function useDraftPreview(project: string, draft: Draft, subsetId: string | null) {
  const trpc = useTRPC();
  const input = useMemo(
    // A model is not chosen yet: the prompt can be looked at all the same.
    () => inputOf(draft.model.trim() === "" ? { ...draft, model: "?" } : draft),
    [draft],
  );
  const settled = useSettled(input, SETTLE_MS);
  const query = useQuery(
    trpc.agents.previewDraft.queryOptions({
      project,
      ...settled,
      ...(subsetId ? { subsetId } : {}),
      limit: SHOWN,
    }),
  );
  const [lastGood, setLastGood] = useState<PreviewOutput>();
  if (query.data && query.data !== lastGood) setLastGood(query.data);
  return { query, shown: query.data ?? lastGood, settling: settled !== input || query.isFetching };
}
