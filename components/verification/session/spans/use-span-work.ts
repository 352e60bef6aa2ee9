"use client";

import { useMemo, useState } from "react";
import { lookOf, type OptionLook } from "@/components/labelling/label-options";
import { withOption } from "@/components/spans/marking";
import type { BrushState, SpanActions, SpanLabel, SpanView } from "@/components/spans/types";
import { useSpanBrush } from "@/components/spans/use-span-brush";
import type { DecisionChange, LiveSession } from "@/components/verification/live/types";
import type { SessionItem } from "@/contracts/sessions";
import type { Decisions } from "../use-decisions";
import { accepting, correcting, foundAfterAll, isSpanItem, recordSpans, rejecting } from "./session-spans";
import { useRecordItems } from "./use-record-items";

type SpanWorkInput = {
  project: string;
  sessionId: string;
  /** The session's label, of spans. */
  label: { name: string; multi: boolean; options: readonly OptionLook[] };
  /** False in a session about whole records: nothing is read, and everything is passed on as it is. */
  enabled: boolean;
  rows: readonly SessionItem[];
  /** Several rows are chosen: what is decided is decided on them. */
  isBulk: boolean;
  focus: (annotationId: string) => void;
  live: LiveSession;
  decisions: Decisions;
  takeTime: (annotationId: string) => number;
  me: { id: string };
  nameOf: (userId: string) => string;
  jobNameOf: (jobId: string) => string;
};

/** What is selected: the focused row's span, a span of somebody's own, or none. */
type Picked =
  | { of: string | null; kind: "row" }
  | { of: string | null; kind: "own"; id: string }
  | { of: string | null; kind: "none" };

export type SpanWork = {
  labels: readonly SpanLabel[];
  spans: readonly SpanView[];
  selectedId: string | null;
  select: (id: string | null) => void;
  actions: SpanActions;
  brush: BrushState;
  /** The session's keys and buttons, where they mean the selected span rather than the row. */
  decisions: Decisions;
  /** Takes the selected span out: a job's by a verdict, one's own for good. */
  remove: () => void;
  /** The record's spans of jobs that nobody has judged. */
  left: number;
  confirmLeft: () => void;
};

/**
 * Verifying spans: the record of the focused row with all its spans, and what keys and buttons do to the selected
 * one. A correction leaves the focus where it is, as borders take several steps; a verdict goes on to the next.
 */
export function useSpanWork(input: SpanWorkInput): SpanWork {
  const { project, sessionId, label, enabled, rows, isBulk, focus } = input;
  const { live, decisions, takeTime, me, nameOf, jobNameOf } = input;
  const { focused } = decisions;
  const focusedId = focused?.annotationId ?? null;
  const at = focused ? rows.indexOf(focused) : -1;
  const items = useRecordItems({
    project,
    sessionId,
    rows,
    recordId: enabled ? focused?.recordId : undefined,
    nextRecordId: enabled ? recordAfter(rows, at) : undefined,
  });
  const labels = useMemo(() => [label], [label]);
  const brush = useSpanBrush(labels);
  const [picked, setPicked] = useState<Picked>({ of: null, kind: "row" });
  const optionText = (value: string) => lookOf(label.options, value).text;
  const spans = recordSpans({
    label: label.name,
    items,
    verdictOf: live.verdictOf,
    marked: focused ? live.spansOf(focused.recordId) : [],
    me: me.id,
    nameOf,
    jobNameOf,
    optionText,
  });
  const rowId = focused && isSpanItem(focused) ? focused.annotationId : null;
  const now = stillPicked();
  const selectedId = now.kind === "none" ? null : now.kind === "own" ? now.id : rowId;
  const selected = spans.find(({ id }) => id === selectedId) ?? null;
  const itemOf = (id: string) => items.find(({ annotationId }) => annotationId === id);

  /** What was picked, as long as it is there. A step to another row selects that row's span again. */
  function stillPicked(): Picked {
    const isGone =
      (picked.kind === "own" && !spans.some(({ id }) => id === picked.id)) ||
      (picked.kind === "none" && rowId === null);
    return picked.of === focusedId && !isGone ? picked : { of: focusedId, kind: "row" };
  }

  function select(id: string | null) {
    const item = id === null ? undefined : itemOf(id);
    if (id === null) setPicked({ of: focusedId, kind: "none" });
    else if (item && rows.some(({ annotationId }) => annotationId === id)) {
      setPicked({ of: id, kind: "row" });
      focus(id);
    } else setPicked({ of: focusedId, kind: "own", id });
  }

  const decide = (change: DecisionChange) => live.decide([{ ...change, ms: takeTime(change.annotationId) }]);

  function markOwn(
    id: string | undefined,
    { value, start, end }: { value: string[]; start: number; end: number },
  ) {
    if (!focused) return;
    live.act({
      decisions: id === undefined ? foundAfterAll(items, live.verdictOf) : [],
      spans: [
        {
          ...(id === undefined ? {} : { key: id }),
          recordId: focused.recordId,
          label: label.name,
          value,
          start,
          end,
          room: focused.room,
        },
      ],
    });
  }

  function goOn(from: string) {
    if (from === focusedId) decisions.goNextUndecided();
  }

  const actions: SpanActions = {
    onAdd: ({ value, start, end }) => markOwn(undefined, { value, start, end }),
    onChange(id, change) {
      const item = itemOf(id);
      if (!item) markOwn(id, change);
      else if (isSpanItem(item)) decide(correcting(item, change));
    },
    onRemove(id) {
      const item = itemOf(id);
      const own = spans.find((span) => span.id === id);
      if (item) {
        decide(rejecting(item));
        goOn(id);
      } else if (own) {
        markOwn(id, { value: [], start: own.start, end: own.end });
        setPicked({ of: focusedId, kind: "row" });
      }
    },
    onConfirm(id) {
      const item = itemOf(id);
      if (!item) return;
      decide(accepting(item));
      goOn(id);
    },
    onClear(id) {
      const item = itemOf(id);
      if (item) decide({ annotationId: id, room: item.room, status: null, value: [] });
    },
  };

  const leftItems = items.filter((item) => isSpanItem(item) && isOpen(item, live));
  return {
    labels,
    spans,
    selectedId,
    select,
    actions,
    brush,
    left: leftItems.length,
    confirmLeft() {
      live.decide(leftItems.map(accepting));
      decisions.goNextUndecided();
    },
    remove: () => {
      if (selected && selected.editable !== false && !live.readOnly) actions.onRemove(selected.id);
    },
    decisions:
      !enabled || isBulk
        ? decisions
        : {
            ...decisions,
            choose(value) {
              if (live.readOnly) return;
              if (!selected) brush.onBrush({ label: label.name, value });
              else if (selected.editable !== false)
                actions.onChange(selected.id, withOption(selected, labels, value));
            },
            confirm() {
              const stands = focused && (live.verdictOf(focused.annotationId) ?? focused.verdict)?.status;
              const isJudged = stands === "CONFIRMS" || stands === "CORRECTS";
              if (now.kind !== "row" || isJudged) decisions.goNextUndecided();
              else decisions.confirm();
            },
            clear() {
              if (now.kind === "row") decisions.clear();
            },
            doubt() {
              if (now.kind === "row") decisions.doubt();
            },
          },
  };
}

/** The next other record in the list; all labels of one stand together. */
function recordAfter(rows: readonly SessionItem[], at: number): string | undefined {
  const recordId = rows[at]?.recordId;
  for (let next = at + 1; next < rows.length; next++)
    if (rows[next]?.recordId !== recordId) return rows[next]?.recordId;
  return undefined;
}

/** Nobody has judged it, and it is still the reader's to judge. */
function isOpen(item: SessionItem, live: LiveSession): boolean {
  const status = (live.verdictOf(item.annotationId) ?? item.verdict)?.status ?? null;
  return status === null && !item.enough;
}
