import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { toast } from "@/components/ui/toaster";
import type { AnswerSpan } from "@/contracts/annotating";
import { problemOf, useTRPC } from "@/trpc/client";
import { resolvedWords } from "./resolved-words";

/** What a person says of the answer about a record, for one label; `sameText`: of all with the same answer. */
type Decision = { recordId: string; label: string; sameText: boolean } & Given;
/** Of a label of spans each text has its own. */
export type Given = { value: string[] } | { spans: AnswerSpan[] };

type Resolved = Pick<Decision, "recordId" | "label" | "sameText">;

/** Resolves answers of a job in the reader's name, each with an undo that holds as long as the list is shown. */
export function useResolve(project: string, id: string) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const resolved = useRef<Resolved[]>([]);
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
  function undo(one: Resolved): void {
    if (!resolved.current.includes(one)) return;
    resolved.current = resolved.current.filter((other) => other !== one);
    toast.dismiss(toastOf(one));
    takeBack.mutate({ project, id, ...one });
  }
  const write = useMutation(
    trpc.jobs.resolve.mutationOptions({
      onSuccess: async (done, { recordId, label, sameText = false, spans }) => {
        const one = { recordId, label, sameText };
        resolved.current.push(one);
        toast(resolvedWords(spans, done), {
          id: toastOf(one),
          action: { label: "Undo", onClick: () => undo(one) },
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
    undoLast() {
      const last = resolved.current.at(-1);
      if (last) undo(last);
      else toast("Nothing to undo", { id: "resolved-nothing" });
    },
  };
}

const toastOf = ({ recordId, label }: Resolved) => `resolved-${recordId}-${label}`;
