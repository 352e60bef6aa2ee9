"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import type { Job } from "@/contracts/jobs";
import { useTRPC } from "@/trpc/client";

/** The job as it is now, kept so by the server's stream. `connected` is false while the stream is away. */
export function useLiveJob(project: string, initialJob: Job): { job: Job; connected: boolean } {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const input = { project, id: initialJob.id };
  const { data } = useQuery(
    trpc.jobs.get.queryOptions(input, { initialData: initialJob, staleTime: 60_000 }),
  );
  const { status } = useSubscription(
    trpc.jobs.watch.subscriptionOptions(input, {
      onData: (job) => queries.setQueryData<Job>(trpc.jobs.get.queryKey(input), job),
    }),
  );
  return { job: data, connected: status !== "error" };
}
