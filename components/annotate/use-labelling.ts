"use client";

import { useState } from "react";
import { toast } from "@/components/ui/toaster";
import type { WorkRecord } from "@/contracts/annotating";
import type { Draft } from "./annotate-context";
import { chosen, isAnswered, nothing, nothingToMark, unsure, type Words } from "./answers/said";
import type { Answers, UndoneAnswers } from "./answers/types";
import { isOpen, type WorkLabel } from "./work-labels";

type LabellingInput = {
  answers: Answers;
  rows: readonly WorkRecord[];
  labels: readonly WorkLabel[];
  focusedId: string | null;
  focus: (recordId: string) => void;
  selected: ReadonlySet<string>;
  clearSelection: () => void;
  /** What an option of a label of spans does: it is what marking gives. */
  takeBrush: (label: string, value: string) => void;
};

/** One offer to undo at a time, and only as long as it is the last thing done. */
const bulkToast = "annotate-bulk";
const undoToast = "annotate-undo";

const count = (records: number) => (records === 1 ? "1 record" : `${records.toLocaleString()} records`);

/**
 * What keys and buttons do. They answer one label of the record that has the focus: the one that was picked, else the
 * first that is asked for and open; when none is left, the next open record has the focus. With records selected
 * they answer the label on all of them.
 */
export function useLabelling(input: LabellingInput) {
  const { answers, rows, labels, focusedId, focus, selected, clearSelection, takeBrush } = input;
  const { answerOf } = answers;
  const [draft, setDraft] = useState<Draft | null>(null);
  /** What was last marked as can't tell: asked why until the next act. */
  const [doubted, setDoubted] = useState<{ recordId: string; label: string } | null>(null);
  const [picked, setPicked] = useState<{ recordId: string | null; label: string } | null>(null);
  const at = rows.findIndex(({ id }) => id === focusedId);
  const focused = rows[at];
  const bulk = selected.size > 0;
  const pickable = bulk ? labels.filter(({ level }) => level === "record") : labels;
  const active = activeLabel();
  const ownDraft = !bulk && draft?.recordId === focused?.id && draft?.label === active?.name ? draft : null;

  function activeLabel(): WorkLabel | undefined {
    const isPicked = picked && picked.recordId === (bulk ? null : focused?.id);
    const own = isPicked ? pickable.find(({ name }) => name === picked.label) : undefined;
    if (own || bulk) return own ?? pickable[0];
    const open = focused && labels.find(({ name, asked }) => asked && !answerOf(focused.id, name));
    return open ?? labels[0];
  }

  const pick = (label: string) => setPicked({ recordId: bulk ? null : (focused?.id ?? null), label });
  const isLeft = ({ id }: WorkRecord) => isOpen(id, labels, answerOf);

  /** The next record that is open: below, else above; when none is, simply the next. */
  function nextRecord(): WorkRecord | undefined {
    return (
      rows.find((row, index) => index > at && isLeft(row)) ?? rows.slice(0, Math.max(0, at)).find(isLeft)
    );
  }

  function goOn() {
    const next = nextRecord() ?? rows[at + 1];
    if (next) focus(next.id);
  }

  function answerSelected(label: WorkLabel, words: Words, done: string) {
    const changes = rows
      .filter(({ id }) => selected.has(id))
      .map(({ id }) => ({ recordId: id, label: label.name, words }));
    const changed = answers.give(changes);
    toast(`${count(changed)} ${done}`, { id: bulkToast, action: { label: "Undo", onClick: undo } });
    clearSelection();
  }

  /** @param done what happened to selected records, in words */
  function answer(label: WorkLabel | undefined, words: Words, done: string) {
    if (!label || answers.readOnly) return;
    setDraft(null);
    setDoubted(null);
    if (bulk) {
      answerSelected(label, words, done);
      return;
    }
    if (!focused) return;
    toast.dismiss(bulkToast);
    answers.give([{ recordId: focused.id, label: label.name, words }]);
    setPicked(null);
    if (isAnswered(words) && label.asked && !isLeft(focused)) goOn();
  }

  function choose(value: string, of: WorkLabel | undefined = active) {
    if (!of || answers.readOnly) return;
    if (of.level === "span") {
      pick(of.name);
      takeBrush(of.name, value);
      return;
    }
    if (!of.multi || bulk) {
      answer(of, chosen([value]), "labelled");
      return;
    }
    if (!focused) return;
    const before =
      draft?.recordId === focused.id && draft.label === of.name
        ? draft.value
        : (answerOf(focused.id, of.name)?.value ?? []);
    const next = before.includes(value) ? before.filter((one) => one !== value) : [...before, value];
    pick(of.name);
    setDraft({ recordId: focused.id, label: of.name, value: next });
  }

  /** Sets the options chosen so far, says that there is nothing to mark, or goes on where all is answered. */
  function confirm() {
    if (!focused || !active || bulk) return;
    if (ownDraft) {
      if (ownDraft.value.length === 0) toast("Choose at least one option, or press 0 for can't tell");
      else answer(active, chosen(ownDraft.value), "labelled");
      return;
    }
    const stands = answerOf(focused.id, active.name);
    if (active.level === "span" && !stands) {
      answer(active, nothingToMark, "settled");
      return;
    }
    setPicked(null);
    const open = labels.find(
      ({ name, asked }) => asked && name !== active.name && !answerOf(focused.id, name),
    );
    if (stands && !open) goOn();
    else if (stands && open) pick(open.name);
    else toast("Choose an option, or press 0 for can't tell");
  }

  function skip() {
    setDraft(null);
    const next = nextRecord();
    if (next) focus(next.id);
    else toast("Nothing else is left on this list");
  }

  function report(result: UndoneAnswers, none: string) {
    toast.dismiss(bulkToast);
    if (result.kind === "nothing") toast(none, { id: undoToast });
    else if (result.kind === "overtaken")
      toast("You have since changed this in another window, so it was left alone", { id: undoToast });
    else {
      const [first] = result.recordIds;
      if (first && rows.some(({ id }) => id === first)) focus(first);
    }
  }
  const undo = () => report(answers.undo(), "Nothing to undo");
  const redo = () => report(answers.redo(), "Nothing to redo");

  return {
    focused,
    active,
    draft: ownDraft,
    left: rows.filter(isLeft).length,
    pick,
    unpick: () => setPicked(null),
    choose,
    confirm,
    confirmRow: (row: WorkRecord) => {
      if (row.id === focused?.id) confirm();
    },
    doubted: doubted && (rows.find(({ id }) => id === doubted.recordId) ?? null),
    doubt() {
      answer(active, unsure(), "marked as can't tell");
      if (active && focused && !bulk) setDoubted({ recordId: focused.id, label: active.name });
    },
    /** Asks why about the answer in focus, where it is that one can't tell. */
    askReason() {
      if (!active || !focused || doubted) return;
      if (answerOf(focused.id, active.name)?.status === "UNSURE")
        setDoubted({ recordId: focused.id, label: active.name });
    },
    explain(reason: string) {
      if (doubted && reason !== "" && !answers.readOnly)
        answers.give([{ ...doubted, words: unsure(reason) }]);
      setDoubted(null);
    },
    clear: () => answer(active, nothing, "cleared"),
    discardDraft: () => setDraft(null),
    undo,
    redo,
    skip,
    goBy(step: number) {
      setDraft(null);
      const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
      if (next) focus(next.id);
    },
    /** To the label beside the one that keys answer. */
    pickBy(step: number) {
      const place = pickable.findIndex(({ name }) => name === active?.name);
      const next = pickable[(place + step + pickable.length) % pickable.length];
      if (next) pick(next.name);
    },
  };
}

export type Labelling = ReturnType<typeof useLabelling>;
