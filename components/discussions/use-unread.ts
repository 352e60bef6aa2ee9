"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/trpc/client";

/** How many entries of the reader's inbox are unread; kept by the project's stream. 0 outside a project. */
export function useUnread(project: string | null): number {
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.discussions.unread.queryOptions(
      { project: project ?? "" },
      { enabled: project !== null, staleTime: 60_000 },
    ),
  );
  return data?.unread ?? 0;
}
