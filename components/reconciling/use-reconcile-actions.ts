"use client";

import { useState } from "react";
import type { Disagreement } from "@/contracts/reconciliations";
import type { Disagreements } from "./use-disagreements";
import type { FinalDecisions } from "./use-final-decisions";
import type { ReconcileActions } from "./use-reconcile-keys";
import { majorityOf, placeKey } from "./vote-tally";

type ReconcileActionsInput = {
  list: Disagreements;
  /** Of the rows, in their order. */
  places: readonly string[];
  /** Of the row that is looked at; -1 for none. */
  at: number;
  focus: (place: string) => void;
  decisions: FinalDecisions;
  multi: boolean;
  mayDecide: boolean;
};

/** Rows that one press takes the majority for, where none is selected. */
const NEXT = 20;

/** What keys and buttons do on the row that is looked at, and on those selected. */
export function useReconcileActions(input: ReconcileActionsInput) {
  const { list, places, at, focus, decisions, multi, mayDecide } = input;
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [draft, setDraft] = useState<{ place: string; value: string[] } | null>(null);
  const [noted, setNoted] = useState<{ place: string; text: string } | null>(null);
  const item = list.rows[at];
  const place = places[at] ?? null;
  const value = item ? decisions.finalOf(item) : undefined;
  const drafted = draft?.place === place ? draft.value : null;
  const text = noted?.place === place ? noted.text : (item?.reconciliation?.note ?? "");
  const isOpen = (row: Disagreement) => decisions.finalOf(row) === undefined;
  const chosenRows = list.rows.filter((_, index) => selected.has(places[index] ?? ""));
  const rest = selected.size > 0 ? chosenRows : nextOpen(list.rows, at, isOpen);

  function goBy(step: 1 | -1): void {
    const next = places[at + step];
    if (next !== undefined) focus(next);
  }

  function goNextOpen(): void {
    const after = [...list.rows.slice(at + 1), ...list.rows.slice(0, Math.max(0, at))].find(isOpen);
    if (after) focus(placeKey(after));
    else if (list.after.hasMore) list.after.load();
  }

  function decide(final: string[] | null, goOn: boolean): void {
    if (!item) return;
    decisions.decide(item, final, final === null ? null : text.trim() || null);
    setDraft(null);
    setNoted(null);
    if (goOn) goNextOpen();
  }

  const actions: Omit<ReconcileActions, "editNote" | "flag"> = {
    choose: (option) => {
      if (!item || !place || !mayDecide) return;
      if (!multi) return decide([option], true);
      const now = drafted ?? value ?? [];
      const next = now.includes(option) ? now.filter((one) => one !== option) : [...now, option];
      setDraft({ place, value: next });
    },
    settle: () => {
      if (drafted && drafted.length > 0) return decide(drafted, true);
      const majority = item && majorityOf(item.votes);
      if (majority && value === undefined) return decide(majority.value, true);
      goNextOpen();
    },
    leaveOpen: goNextOpen,
    takeBack: () => {
      if (value !== undefined) decide(null, false);
    },
    goBy,
    goNextOpen,
    takeMajority: () => {
      decisions.takeMajority(rest);
      setSelected(new Set());
    },
    toggleSelected: () => {
      if (!place) return;
      const next = new Set(selected);
      if (!next.delete(place)) next.add(place);
      setSelected(next);
    },
    undo: decisions.undo,
    redo: decisions.redo,
    drop: () => {
      setDraft(null);
      setSelected(new Set());
    },
  };

  return {
    actions,
    selected,
    setSelected,
    chosen: drafted ?? value ?? [],
    /** Those selected, else the next open ones. */
    rest,
    note: {
      text,
      change: (next: string) => {
        if (place) setNoted({ place, text: next });
      },
    },
    decideNoLabel: () => decide([], true),
    saveNote: () => {
      if (value !== undefined) decide(value, false);
    },
    decideSelected: (option: string) => {
      decisions.decideAll(chosenRows, [option]);
      setSelected(new Set());
    },
  };
}

/** The next open rows, from the one that is looked at. */
function nextOpen(
  rows: readonly Disagreement[],
  at: number,
  isOpen: (row: Disagreement) => boolean,
): Disagreement[] {
  return rows.slice(Math.max(0, at)).filter(isOpen).slice(0, NEXT);
}
