"use client";

import { type KeyboardEvent, type MouseEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import { gridKeyAction } from "./grid-keys";
import { useGridLetters } from "./use-grid-letters";

/** Rows that can be chosen, also where they are not in memory. */
export type RowChoice = {
  /** What the box above the rows shows. */
  head: boolean | "indeterminate";
  headLabel: string;
  isChosen: (id: string) => boolean;
  /** Whether anything is chosen at all. */
  any: boolean;
  onToggle: (id: string) => void;
  /** Every row between two places, both included, is chosen. */
  onSpan: (from: number, to: number) => void;
  /** Every row of the list, in memory or not. */
  onAll: (chosen: boolean) => void;
};

type RowFocusInput<Row> = {
  count: number;
  rowAt: (index: number) => Row | undefined;
  rowId: (row: Row) => string;
  /** Place of the row that the caller holds the focus on; undefined: the table keeps it itself. */
  focused: number | undefined;
  onFocusChange: ((row: Row) => void) | undefined;
  onOpen: ((row: Row) => void) | undefined;
  choice: RowChoice | undefined;
  pageRows: () => number;
  showRow: (index: number) => void;
  listKey: string;
};

/** The place that has the keyboard in a list of any length, and what keys and clicks do to it and to the choice. */
export function useRowFocus<Row>(input: RowFocusInput<Row>) {
  const { count, rowAt, rowId, focused, onFocusChange, onOpen, choice, pageRows, showRow, listKey } = input;
  const [place, setPlace] = useState({ listKey, index: -1 });
  const index = place.listKey === listKey ? place.index : -1;
  const letters = useGridLetters();
  const spanStart = useRef<number | null>(null);
  /** A place whose row is still to come; whoever holds the focus is told when it has. */
  const [awaited, setAwaited] = useState<number | null>(null);

  function focus(to: number) {
    setPlace({ listKey, index: to });
    showRow(to);
    const row = rowAt(to);
    setAwaited(row === undefined ? to : null);
    if (row !== undefined) onFocusChange?.(row);
  }

  const followCaller = useEffectEvent((to: number) => {
    if (to === index) return;
    setPlace({ listKey, index: to });
    showRow(to);
  });
  useEffect(() => {
    if (focused !== undefined && focused >= 0) followCaller(focused);
  }, [focused]);

  const arrived = awaited === null ? undefined : rowAt(awaited);
  const tellOfArrival = useEffectEvent((row: Row) => {
    setAwaited(null);
    onFocusChange?.(row);
  });
  useEffect(() => {
    if (arrived !== undefined) tellOfArrival(arrived);
  }, [arrived]);

  function toggle(at: number) {
    const row = rowAt(at);
    if (row === undefined) return;
    spanStart.current = at;
    choice?.onToggle(rowId(row));
  }

  function extendTo(to: number) {
    spanStart.current ??= Math.max(0, index);
    choice?.onSpan(Math.min(spanStart.current, to), Math.max(spanStart.current, to));
  }

  /** Keys of a field or button inside a cell belong to it. */
  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (event.target !== event.currentTarget) return;
    const action = gridKeyAction(event, { index, count, page: pageRows() }, letters);
    if (!action) return;
    if (action.kind === "clear" && !choice?.any) return;
    if ((action.kind === "toggle" || action.kind === "select-all") && !choice) return;
    event.preventDefault();
    event.stopPropagation();
    switch (action.kind) {
      case "move":
        if (action.extend) extendTo(action.index);
        else spanStart.current = null;
        return focus(action.index);
      case "open": {
        const row = rowAt(index);
        if (row !== undefined) onOpen?.(row);
        return;
      }
      case "toggle":
        return action.extend ? extendTo(index) : toggle(index);
      case "select-all":
        return choice?.onAll(true);
      case "clear":
        return choice?.onAll(false);
    }
  }

  function onClick(event: MouseEvent<HTMLElement>) {
    const target = event.target as HTMLElement;
    const at = Number(target.closest<HTMLElement>("[data-index]")?.dataset.index ?? Number.NaN);
    if (Number.isNaN(at) || target.closest("a, button, input, select, textarea, [role=menuitem]")) return;
    // The click went to a cell, which may scroll away: the keyboard belongs to the table.
    event.currentTarget.focus({ preventScroll: true });
    const row = rowAt(at);
    if (event.shiftKey && choice) extendTo(at);
    else if ((event.ctrlKey || event.metaKey) && choice) toggle(at);
    else if (row !== undefined) onOpen?.(row);
    focus(at);
  }

  /** A box of a row: with Shift it chooses all rows since the last one. */
  function onClickCapture(event: MouseEvent<HTMLElement>) {
    const box = (event.target as HTMLElement).closest("[role=checkbox]");
    const at = Number(box?.closest<HTMLElement>("[data-index]")?.dataset.index ?? Number.NaN);
    if (!event.shiftKey || Number.isNaN(at) || spanStart.current === null) return;
    event.preventDefault();
    event.stopPropagation();
    extendTo(at);
  }

  return { index, toggle, goTo: focus, onKeyDown, onClick, onClickCapture };
}
