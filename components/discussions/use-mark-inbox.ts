"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "@/components/ui/toaster";
import { problemOf, useTRPC } from "@/trpc/client";

/** Marks entries of the inbox, or without ids all, as read or unread; list and count follow. */
export function useMarkInbox(project: string) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { mutate, isPending } = useMutation(
    trpc.discussions.markInbox.mutationOptions({
      onSuccess: (count) => {
        queries.setQueryData(trpc.discussions.unread.queryKey({ project }), count);
        return queries.invalidateQueries(trpc.discussions.inbox.pathFilter());
      },
      onError: (error) => void toast.error(problemOf(error).detail),
    }),
  );
  const mark = (what: { ids?: string[]; read: boolean }) => mutate({ project, ...what });
  return { mark, busy: isPending };
}
