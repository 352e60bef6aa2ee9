import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "@/components/ui/toaster";
import type { InvalidAnswer } from "@/contracts/job-triage";
import { problemOf, useTRPC } from "@/trpc/client";

type Decision = { label: string; value: string[]; sameText: boolean };

/** Resolves an answer in the reader's name, with an undo; `decided` are the labels decided so far. */
export function useResolve(
  project: string,
  id: string,
  { recordId }: InvalidAnswer,
  onResolved: (label: string, sameText: boolean) => void,
) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [decided, setDecided] = useState<string[]>([]);
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: trpc.jobs.invalidAnswers.pathKey() }),
      queries.invalidateQueries({ queryKey: trpc.jobs.items.pathKey() }),
    ]);
  const takeBack = useMutation(
    trpc.jobs.takeBack.mutationOptions({
      onSuccess: refresh,
      onError: (error) => toast.error(problemOf(error).detail),
    }),
  );
  const write = useMutation(
    trpc.jobs.resolve.mutationOptions({
      onSuccess: async ({ resolved, kept }, { label, sameText }) => {
        setDecided((now) => [...now, label]);
        toast(wordsOf(resolved, kept), {
          action: {
            label: "Undo",
            onClick: () => {
              setDecided((now) => now.filter((name) => name !== label));
              takeBack.mutate({ project, id, recordId, label, sameText });
            },
          },
        });
        onResolved(label, sameText ?? false);
        await refresh();
      },
    }),
  );
  return {
    decided,
    resolve: {
      error: write.error,
      isPending: write.isPending || takeBack.isPending,
      mutate: (decision: Decision) => write.mutate({ project, id, recordId, ...decision }),
    },
  };
}

function wordsOf(resolved: number, kept: number): string {
  const done = resolved === 1 ? "1 record labelled by you" : `${resolved} records labelled by you`;
  return kept === 0 ? done : `${done}; ${kept} kept the label that you gave before`;
}
