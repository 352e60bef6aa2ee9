"use client";

import type { OptionLook } from "@/components/labelling/label-options";
import { PersonName } from "@/components/ui/avatar";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Disagreement } from "@/contracts/reconciliations";
import { FinalChips } from "./final-chips";
import { useReconciling } from "./reconcile-context";
import { valueWords } from "./value-words";

type DecisionNoticesProps = {
  item: Disagreement;
  options: readonly OptionLook[];
  /** What I had chosen when somebody else was first; undefined: nothing was overtaken. */
  overtaken: string[] | null | undefined;
};

/** What stands, by whom, and what makes one look twice: somebody was first, or a vote is another since. */
export function DecisionNotices({ item, options, overtaken }: DecisionNoticesProps) {
  const { reconciliation, state } = item;
  const { called } = useReconciling();
  return (
    <div className="flex flex-col gap-2 empty:hidden" aria-live="polite">
      {overtaken === undefined ? null : (
        <Notice
          tone="warn"
          title={
            reconciliation ? `${called(reconciliation.by).name} was first` : "It was taken back meanwhile"
          }
        >
          {reconciliation?.value
            ? `“${valueWords(reconciliation.value, options)}” stands. `
            : "Nothing is decided here. "}
          {overtaken === null
            ? "You had taken the decision back"
            : `You had chosen “${valueWords(overtaken, options)}”`}
          , which is kept in the history. Choose again to replace what stands.
        </Notice>
      )}
      {state === "changed" ? (
        <Notice tone="warn" title="Votes changed since it was decided">
          Look at the votes again: choosing the same value keeps the decision.
        </Notice>
      ) : null}
      {reconciliation?.value ? (
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-muted">
          <span>Decided</span>
          <FinalChips value={reconciliation.value} options={options} variant="filled" />
          <span className="inline-flex min-w-0 items-center gap-1">
            by <PersonName person={called(reconciliation.by)} />
          </span>
          <RelativeTime value={reconciliation.createdAt} className="text-faint text-xs" />
          {reconciliation.note ? (
            <q className="basis-full wrap-anywhere text-text">{reconciliation.note}</q>
          ) : null}
        </p>
      ) : null}
    </div>
  );
}
