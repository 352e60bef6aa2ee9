import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "@/components/ui/toaster";
import type { AnswerSpan } from "@/contracts/annotating";
import { problemOf, useTRPC } from "@/trpc/client";
import { resolvedWords } from "./resolved-words";

/** What a person says of the answer about a record, for one label; `sameText`: of all with the same answer. */
type Decision = { recordId: string; label: string; sameText: boolean } & Given;
/** Of a label of spans each text has its own. */
export type Given = { value: string[] } | { spans: AnswerSpan[] };

/** Resolves answers of a job in the reader's name, each with an undo that holds as long as the list is shown. */
export function useResolve(project: string, id: string) {
  const trpc = useTRPC();
  const queries = useQueryClient();
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
      onSuccess: async (done, { recordId, label, sameText, spans }) => {
        toast(resolvedWords(spans, done), {
          action: {
            label: "Undo",
            onClick: () => takeBack.mutate({ project, id, recordId, label, sameText }),
          },
        });
        await refresh();
      },
    }),
  );
  return {
    error: write.error,
    isPending: write.isPending || takeBack.isPending,
    resolve: (decision: Decision, onResolved: () => void) =>
      write.mutate({ project, id, ...decision }, { onSuccess: onResolved }),
  };
}
