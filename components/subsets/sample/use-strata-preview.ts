"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSettled } from "@/components/agents/studio/use-settled";
import type { SampleInput } from "@/contracts/subsets";
import { useTRPC } from "@/trpc/client";
import { type RecordSource, sourceInput } from "../record-source";

const SETTLE_MS = 300;

/**
 * The strata of a sample that would be drawn. Where each stratum's size is given by hand, the strata alone:
 * they are asked for as a sample of everything.
 */
export function useStrataPreview(
  project: string,
  source: RecordSource,
  { sample, exclude }: { sample: SampleInput | null; exclude: readonly string[] },
) {
  const trpc = useTRPC();
  const asked = useSettled(JSON.stringify({ sample, exclude }), SETTLE_MS);
  const read: { sample: SampleInput | null; exclude: string[] } = JSON.parse(asked);
  return useQuery(
    trpc.subsets.preview.queryOptions(
      {
        project,
        ...sourceInput(source),
        ...(read.sample ? { sample: read.sample } : {}),
        ...(read.exclude.length > 0 ? { exclude: read.exclude } : {}),
      },
      { enabled: read.sample !== null, placeholderData: keepPreviousData, retry: false },
    ),
  );
}
