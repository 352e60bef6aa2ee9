"use client";

import { useCallback, useState, useSyncExternalStore } from "react";
import type { SaveState } from "@/components/saving/save-state";
import { useFormat } from "@/components/ui/figure";
import { toast } from "@/components/ui/toaster";
import { useSteady } from "@/components/ui/use-steady";
import type { Disagreement, ReconcileAnswer } from "@/contracts/reconciliations";
import { problemOf, useTRPCClient } from "@/trpc/client";
import { createDecisionQueue, type Press, type QueueState } from "./decision-queue";
import { majorityOf, placeKey } from "./vote-tally";

type FinalDecisionsInput = {
  project: string;
  label: string;
  takeAnswers: (answers: readonly ReconcileAnswer[]) => void;
};

const RETRY_MS = 2000;

/** What I decide: shown at once, sent in order, saved when the server says so, undone as it was done. */
export function useFinalDecisions({ project, label, takeAnswers }: FinalDecisionsInput) {
  const client = useTRPCClient();
  const format = useFormat();
  const onAnswers = useSteady(takeAnswers);
  const [queue] = useState(() =>
    createDecisionQueue({
      send: async (presses) =>
        (await client.reconciliations.reconcile.mutate({ project, label, items: [...presses] })).items,
      undo: async (ids) => (await client.reconciliations.undo.mutate({ project, ids: [...ids] })).items,
      onAnswers,
      onRefused: (why) => void toast.error(why),
      onUndone: (undone, kept) =>
        void toast(
          kept > 0
            ? `${format.count(undone)} taken back, ${format.counted(kept, "stays", "stay")}: somebody has decided after you`
            : `${format.count(undone)} taken back`,
        ),
      isUnreachable: (error) => problemOf(error).status === 0,
      wordsOf: (error) => problemOf(error).detail,
      pause: () => new Promise((resolve) => setTimeout(resolve, RETRY_MS)),
    }),
  );
  const state = useSyncExternalStore(queue.subscribe, queue.getState, queue.getState);
  const { pending } = state;
  const finalOf = useCallback(
    (item: Disagreement): string[] | undefined => {
      const mine = pending.get(placeKey(item));
      return (mine ? mine.value : item.reconciliation?.value) ?? undefined;
    },
    [pending],
  );

  return {
    state,
    save: saveState(state),
    /** What the screen shows as decided: mine that is on its way, else what stands. Undefined: open. */
    finalOf,
    /** Decides one; null takes the decision back. */
    decide: (item: Disagreement, value: string[] | null, note: string | null = null) =>
      void queue.decide([pressOf(item, value, note)]),
    /** Takes the majority where there is one, as one act. */
    takeMajority: (items: readonly Disagreement[]): void => {
      const presses = items.flatMap((item) => {
        const majority = majorityOf(item.votes);
        return majority ? [pressOf(item, majority.value, null)] : [];
      });
      if (presses.length === 0) return;
      void queue.decide(presses);
      toast(`Majority taken for ${format.count(presses.length)}`, {
        action: { label: "Undo", onClick: () => void queue.undo() },
      });
    },
    /** The same value for all, as one act. */
    decideAll: (items: readonly Disagreement[], value: string[]): void =>
      void queue.decide(items.map((item) => pressOf(item, value, null))),
    undo: () => void queue.undo(),
    redo: () => void queue.redo(),
  };
}

export type FinalDecisions = ReturnType<typeof useFinalDecisions>;

const pressOf = (item: Disagreement, value: string[] | null, note: string | null): Press => ({
  recordId: item.recordId,
  ...(item.start === undefined ? {} : { start: item.start, end: item.end }),
  value,
  note,
  base: item.reconciliation?.id ?? null,
  votesVersion: item.votesVersion,
});

function saveState({ pending, offline, savedAt }: QueueState): SaveState {
  if (offline) return { kind: "offline", count: pending.size };
  if (pending.size > 0) return { kind: "saving", count: pending.size };
  return { kind: "saved", at: savedAt };
}
