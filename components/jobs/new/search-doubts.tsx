"use client";

import { useQuery } from "@tanstack/react-query";
import { QueryDoubtsNotice } from "@/components/query/query-doubts-notice";
import { parseQueryText } from "@/components/query/query-text";
import { useTRPC } from "@/trpc/client";

/** What the search names that this project doesn't have, before anything is asked of a model. */
export function SearchDoubts({ project, search }: { project: string; search: string }) {
  const trpc = useTRPC();
  const shown = useQuery(trpc.projects.get.queryOptions({ project })).data;
  const schema = useQuery(trpc.projects.activeSchema.queryOptions({ project })).data;
  if (!shown || schema === undefined) return null;
  return (
    <QueryDoubtsNotice
      query={parseQueryText(search).query}
      vocabulary={{
        labels: schema?.labelSchema ?? [],
        metadata: shown.metadata,
        annotators: [],
        subsets: [],
        people: [],
      }}
    />
  );
}
