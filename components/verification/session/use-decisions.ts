"use client";

import { useState } from "react";
import { toast } from "sonner";
import type { DecisionChange, LiveSession, UndoResult } from "@/components/verification/live/types";
import type { SessionItem } from "@/contracts/sessions";
import { choosing, clearing, confirming, currentVerdict, doubting } from "./current-verdict";
import type { Draft } from "./session-context";

type DecisionsInput = {
  live: LiveSession;
  rows: readonly SessionItem[];
  focusedId: string | null;
  selected: ReadonlySet<string>;
  clearSelection: () => void;
  focus: (annotationId: string) => void;
  multi: boolean;
  nameOf: (userId: string) => string;
};

/** One offer to undo at a time, and only as long as it is the last thing done. */
const bulkToast = "session-bulk";
const undoToast = "session-undo";

const labels = (count: number) => (count === 1 ? "1 label" : `${count.toLocaleString()} labels`);

/**
 * What keys and buttons do: they act on the selected rows, else on the row that has the focus, after which the
 * focus goes to the next undecided one.
 */
export function useDecisions(input: DecisionsInput) {
  const { live, rows, focusedId, selected, clearSelection, focus, multi, nameOf } = input;
  const [draft, setDraft] = useState<Draft | null>(null);
  const at = rows.findIndex((row) => row.annotationId === focusedId);
  const focused = rows[at];
  const ownDraft = draft && draft.annotationId === focused?.annotationId ? draft : null;

  const isDecided = (item: SessionItem) => currentVerdict(item, live.verdictOf(item.annotationId)) !== null;
  const undecided = () => rows.filter((item) => !isDecided(item));

  function focusNextUndecided() {
    const next = rows.find((item, index) => index > at && !isDecided(item)) ?? rows[at + 1];
    if (next) focus(next.annotationId);
    return next;
  }

  function decideAll(changes: DecisionChange[], done: (count: number) => string) {
    if (live.readOnly || changes.length === 0) return;
    const { changed } = live.decide(changes);
    toast(done(changed), { id: bulkToast, action: { label: "Undo", onClick: undo } });
    clearSelection();
  }

  function act(make: (item: SessionItem) => DecisionChange, done: (count: number) => string) {
    if (selected.size > 0) {
      decideAll(rows.filter((row) => selected.has(row.annotationId)).map(make), done);
      return;
    }
    if (!focused || live.readOnly) return;
    setDraft(null);
    toast.dismiss(bulkToast);
    live.decide([make(focused)]);
    focusNextUndecided();
  }

  function choose(value: string) {
    if (!multi || selected.size > 0) {
      act(
        (item) => choosing(item, [value]),
        (count) => `${labels(count)} set`,
      );
      return;
    }
    if (!focused || live.readOnly) return;
    const verdict = currentVerdict(focused, live.verdictOf(focused.annotationId));
    const before = ownDraft?.value ?? (verdict?.status === "UNSURE" ? [] : (verdict?.value ?? focused.value));
    const next = before.includes(value) ? before.filter((one) => one !== value) : [...before, value];
    setDraft({ annotationId: focused.annotationId, value: next });
  }

  /** Takes the agent's label as it is, or sets the options chosen so far. */
  function confirm() {
    if (selected.size === 0 && ownDraft) {
      const { value } = ownDraft;
      if (value.length === 0) toast("Choose at least one option, or press 0 for can't tell");
      else
        act(
          (item) => choosing(item, value),
          (count) => `${labels(count)} set`,
        );
      return;
    }
    act(confirming, (count) => `${labels(count)} confirmed`);
  }

  function report(result: UndoResult, nothing: string) {
    toast.dismiss(bulkToast);
    if (result.kind === "nothing") toast(nothing, { id: undoToast });
    else if (result.kind === "overtaken")
      toast(
        `${nameOf(result.by)} has changed ${labels(result.keys.length)} since, so nothing was taken back`,
      );
    else if (result.keys[0] && rows.some((row) => row.annotationId === result.keys[0])) focus(result.keys[0]);
  }
  const undo = () => report(live.undo(), "Nothing to undo");
  const redo = () => report(live.redo(), "Nothing to redo");

  return {
    focused,
    draft: ownDraft,
    undecided,
    choose,
    confirm,
    confirmRow: (item: SessionItem) => {
      if (item.annotationId === focused?.annotationId) confirm();
    },
    doubt: () => act(doubting, (count) => `${labels(count)} marked as can't tell`),
    clear: () => act(clearing, (count) => `${labels(count)} cleared`),
    confirmRest: () => decideAll(undecided().map(confirming), (count) => `${labels(count)} confirmed`),
    discardDraft: () => setDraft(null),
    undo,
    redo,
    goNextUndecided: () => {
      if (!focusNextUndecided()) toast("No undecided label below");
    },
    goBy: (step: number) => {
      const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
      if (next) focus(next.annotationId);
    },
  };
}

export type Decisions = ReturnType<typeof useDecisions>;
