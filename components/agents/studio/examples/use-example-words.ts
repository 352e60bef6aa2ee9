"use client";

import { useQuery } from "@tanstack/react-query";
import type { PromptSettings } from "@/contracts/agents";
import { type FixedExample, fixedItems } from "@/contracts/prompt-examples";
import { useTRPC } from "@/trpc/client";
import { useStudio } from "../studio-context";
import { exampleWords } from "./example-words";

/** How the fixed examples of some prompts read; until their records are there, as they are stored. */
export function useExampleWords(prompts: readonly PromptSettings[]): (example: FixedExample) => string {
  const { project, labels } = useStudio();
  const trpc = useTRPC();
  const items = prompts.flatMap(({ examples }) => fixedItems(examples) ?? []);
  const ids = [...new Set(items.flatMap(({ recordId }) => recordId ?? []))];
  const { data } = useQuery(
    trpc.records.search.queryOptions(
      { project, query: { ids }, limit: ids.length, include: [] },
      { enabled: ids.length > 0 },
    ),
  );
  return exampleWords(labels, new Map(data?.items.map((record) => [record.id, record])));
}
