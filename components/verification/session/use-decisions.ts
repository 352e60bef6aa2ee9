"use client";

import { useMemo, useState } from "react";
import { toast } from "sonner";
import type { DecisionChange, LiveSession, UndoResult } from "@/components/verification/live/types";
import type { SessionItem } from "@/contracts/sessions";
import { choosing, clearing, confirming, currentVerdict, doubting, isHidden } from "./current-verdict";
import { jobsDiffer, ofWholeRecord, oneEach } from "./same-record";
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
  /** Takes the milliseconds that were worked on a label since its last decision. */
  takeTime: (annotationId: string) => number;
};

/** One offer to undo at a time, and only as long as it is the last thing done. */
const bulkToast = "session-bulk";
const undoToast = "session-undo";
const hiddenToast = "session-hidden";

const HIDDEN = "The agent's label is hidden until you decide: choose an option, or press 0 for can't tell";

const DIFFER =
  "The jobs gave these records different labels: decide them one by one, which settles every job's label of a record";

type Make = (item: SessionItem) => readonly DecisionChange[];

/** Only what is there: to put away nothing is work too, and that with every key. */
function putAway(...ids: string[]) {
  for (const { id } of toast.getToasts()) if (ids.includes(String(id))) toast.dismiss(id);
}

const labels = (count: number) => (count === 1 ? "1 label" : `${count.toLocaleString()} labels`);

/**
 * What keys and buttons do: they act on the selected rows, else on the row that has the focus, after which the
 * focus goes to the next undecided one.
 */
export function useDecisions(input: DecisionsInput) {
  const { live, rows, focusedId, selected, clearSelection, focus, multi, nameOf, takeTime } = input;
  const [draft, setDraft] = useState<Draft | null>(null);
  /** The label that was marked as can't tell last, as long as nothing else was decided. */
  const [unexplained, setUnexplained] = useState<string | null>(null);
  const at = rows.findIndex((row) => row.annotationId === focusedId);
  const focused = rows[at];
  const ownDraft = draft && draft.annotationId === focused?.annotationId ? draft : null;

  const rowOf = useMemo(() => new Map(rows.map((row) => [row.annotationId, row])), [rows]);
  const isDecided = (item: SessionItem) => currentVerdict(item, live.verdictOf(item.annotationId)) !== null;
  const isLeft = (item: SessionItem) => !isDecided(item) && !item.enough;
  const stands = (annotationId: string) => {
    const row = rowOf.get(annotationId);
    return row ? isDecided(row) : (live.verdictOf(annotationId)?.status ?? null) !== null;
  };
  /** Nobody has to decide between jobs, or has done so: many of these can be confirmed at once. */
  const isPlain = (item: SessionItem) =>
    !jobsDiffer(item) && !item.sameRecord.some(({ annotationId }) => stands(annotationId));
  /** What "confirm the rest" would confirm, and how many labels it leaves for a look at the record. */
  function left() {
    const open = rows.filter((item) => isLeft(item) && !isHidden(item));
    const rest = open.filter(isPlain);
    return { rest, between: open.length - rest.length };
  }

  /** With the other jobs' labels of the record, but those that others have given all their verdicts. */
  function forRecord(item: SessionItem, change: DecisionChange): DecisionChange[] {
    const more = ofWholeRecord(item, change).filter(({ annotationId }) => !rowOf.get(annotationId)?.enough);
    return [change, ...more];
  }

  function focusNextUndecided() {
    const next = rows.find((item, index) => index > at && isLeft(item)) ?? rows[at + 1];
    if (next) focus(next.annotationId);
    return next;
  }

  function decideAll(items: readonly SessionItem[], make: Make, done: (count: number) => string) {
    const changes = oneEach(items.flatMap((item) => make(item).flatMap((change) => forRecord(item, change))));
    if (live.readOnly || changes.length === 0) return;
    const { changed } = live.decide(
      items.length === 1 ? changes : changes.map((change) => ({ ...change, together: true as const })),
    );
    toast(done(changed), { id: bulkToast, action: { label: "Undo", onClick: undo } });
    clearSelection();
  }

  function act(make: Make, done: (count: number) => string) {
    if (selected.size > 0) {
      const chosen = rows.filter((row) => selected.has(row.annotationId));
      if (chosen.every((item) => make(item).length === 0)) toast(HIDDEN);
      decideAll(chosen, make, done);
      return;
    }
    if (!focused || live.readOnly) return;
    const [change] = make(focused);
    if (!change) {
      toast(HIDDEN, { id: hiddenToast });
      return;
    }
    setDraft(null);
    setUnexplained(null);
    putAway(bulkToast, hiddenToast);
    live.decide(forRecord(focused, { ...change, ms: takeTime(focused.annotationId) }));
    focusNextUndecided();
  }

  function doubt() {
    const doubted = selected.size === 0 && !live.readOnly ? focused : undefined;
    act(
      (item) => [doubting(item)],
      (count) => `${labels(count)} marked as can't tell`,
    );
    setUnexplained(doubted?.annotationId ?? null);
  }

  function choose(value: string) {
    if (!multi || selected.size > 0) {
      act(
        (item) => [choosing(item, [value])],
        (count) => `${labels(count)} set`,
      );
      return;
    }
    if (!focused || live.readOnly) return;
    const verdict = currentVerdict(focused, live.verdictOf(focused.annotationId));
    const before =
      ownDraft?.value ?? (verdict?.status === "UNSURE" ? [] : (verdict?.value ?? focused.value ?? []));
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
          (item) => [choosing(item, value)],
          (count) => `${labels(count)} set`,
        );
      return;
    }
    const between = rows.filter((row) => selected.has(row.annotationId) && jobsDiffer(row));
    if (between.length > 0 && selected.size > 1) toast(DIFFER, { id: hiddenToast });
    else act(confirming, (count) => `${labels(count)} confirmed`);
  }

  function report(result: UndoResult, nothing: string) {
    putAway(bulkToast);
    setUnexplained(null);
    if (result.kind === "nothing") toast(nothing, { id: undoToast });
    else if (result.kind === "overtaken")
      toast(`${nameOf(result.by)} has since changed ${labels(result.keys.length)}, so nothing was undone`);
    else if (result.keys[0] && rows.some((row) => row.annotationId === result.keys[0])) focus(result.keys[0]);
  }
  const undo = () => report(live.undo(), "Nothing to undo");
  const redo = () => report(live.redo(), "Nothing to redo");

  return {
    focused,
    draft: ownDraft,
    left,
    choose,
    confirm,
    confirmRow: (item: SessionItem) => {
      if (item.annotationId === focused?.annotationId) confirm();
    },
    doubt,
    unexplained: rows.find((row) => row.annotationId === unexplained) ?? null,
    explain(item: SessionItem, reason: string) {
      setUnexplained(null);
      if (reason !== "") live.decide(forRecord(item, doubting(item, reason)));
    },
    askReason() {
      const own = focused && currentVerdict(focused, live.verdictOf(focused.annotationId));
      if (own?.status === "UNSURE" && unexplained === null) setUnexplained(focused?.annotationId ?? null);
      return unexplained !== null || own?.status === "UNSURE";
    },
    clear: () =>
      act(
        (item) => [clearing(item)],
        (count) => `${labels(count)} cleared`,
      ),
    confirmRest() {
      const { rest, between } = left();
      if (rest.length === 0) toast(between === 0 ? "No label is left to confirm" : DIFFER);
      else decideAll(rest, confirming, (count) => `${labels(count)} confirmed`);
    },
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
