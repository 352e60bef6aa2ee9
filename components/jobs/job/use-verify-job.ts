"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { toast } from "@/components/ui/toaster";
import type { Job } from "@/contracts/jobs";
import type { Session } from "@/contracts/sessions";
import { problemOf, useTRPC } from "@/trpc/client";
import { sessionOfJob } from "./session-of-job";

/** Sessions of one job that are looked through; a job with more open ones gets another. */
const LOOKED_THROUGH = 200;

/** The shared sessions that are open on a job, and the way into one: a new one only where there is none. */
export function useVerifyJob(project: string, job: Job) {
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const { data } = useQuery(
    trpc.sessions.list.queryOptions(
      { project, jobId: job.id, state: "open", limit: LOOKED_THROUGH },
      { refetchOnMount: "always" },
    ),
  );
  const onError = (error: unknown) => void toast.error(problemOf(error).detail);
  const goTo = ({ id }: Pick<Session, "id">) => router.push(`/p/${project}/verify/${id}`);
  const extend = useMutation(trpc.sessions.extend.mutationOptions({ onSuccess: goTo, onError }));
  const enter = (session: Session) => {
    // Opened while the job still ran: what it has labelled since comes in.
    if (session.counts.total < job.counts.parsed) extend.mutate({ project, id: session.id });
    else goTo(session);
  };
  const create = useMutation(
    trpc.sessions.create.mutationOptions({
      onSuccess: enter,
      onError,
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.sessions.list.pathKey() }),
    }),
  );
  const openOf = (label: string) => sessionOfJob(data?.items ?? [], job.id, label);
  return {
    openOf,
    busy: create.isPending || extend.isPending,
    verify(label: string) {
      const open = openOf(label);
      if (open) enter(open);
      else create.mutate({ project, label, jobIds: [job.id], order: "confidence", reuse: true });
    },
  };
}
