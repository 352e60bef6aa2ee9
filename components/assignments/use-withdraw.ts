"use client";

import { useMutation } from "@tanstack/react-query";
import { useSubsetsChanged } from "@/components/subsets/use-subset-list";
import { toast } from "@/components/ui/toaster";
import type { Assignment } from "@/contracts/assignments";
import { problemOf, useTRPC } from "@/trpc/client";

/** Takes an assignment back at once, and offers to give it again. */
export function useWithdraw(project: string) {
  const trpc = useTRPC();
  const changed = useSubsetsChanged();
  const options = {
    onSettled: changed,
    onError: (error: unknown) => {
      toast.error(problemOf(error).detail);
    },
  };
  const restore = useMutation(trpc.assignments.restore.mutationOptions(options));
  const withdraw = useMutation(trpc.assignments.withdraw.mutationOptions(options));
  return {
    withdraw({ id, user, subset }: Assignment) {
      withdraw.mutate(
        { project, id },
        {
          onSuccess: () =>
            toast(`${subset.name} was taken back from ${user.name}`, {
              description: "The labels stay.",
              action: { label: "Undo", onClick: () => restore.mutate({ project, id }) },
            }),
        },
      );
    },
  };
}
