"use client";

import { type KeyboardEvent, type MouseEvent, useRef, useState } from "react";
import { gridKeyAction } from "./grid-keys";
import { toggled, withSpan } from "./select-rows";
import type { Selection } from "./types";
import { useGridLetters } from "./use-grid-letters";

type GridFocusInput<Row> = {
  rows: readonly Row[];
  ids: readonly string[];
  /** Undefined: the table keeps the focus itself. */
  focusedId: string | null | undefined;
  onFocusChange: ((id: string) => void) | undefined;
  onOpen: ((row: Row) => void) | undefined;
  opensOnClick: boolean;
  selection: Selection | undefined;
  pageRows: () => number;
};

/** The row that has the keyboard, and what keys and clicks do to it and to the selection. */
export function useGridFocus<Row>({
  rows,
  ids,
  focusedId,
  onFocusChange,
  onOpen,
  opensOnClick,
  selection,
  pageRows,
}: GridFocusInput<Row>) {
  const [ownId, setOwnId] = useState<string | null>(null);
  const id = focusedId === undefined ? ownId : focusedId;
  const index = id === null ? -1 : ids.indexOf(id);
  const letters = useGridLetters();
  const spanStart = useRef<number | null>(null);

  function focus(to: number) {
    const next = ids[to];
    if (next === undefined) return;
    setOwnId(next);
    onFocusChange?.(next);
  }

  function extendTo(to: number) {
    if (!selection) return;
    spanStart.current ??= Math.max(0, index);
    selection.onChange(withSpan(selection.selected, ids, { from: spanStart.current, to }));
  }

  function toggle(at: number) {
    const row = ids[at];
    if (!selection || row === undefined) return;
    spanStart.current = at;
    selection.onChange(toggled(selection.selected, row));
  }

  function open(at: number) {
    const row = rows[at];
    if (row !== undefined) onOpen?.(row);
  }

  /** Keys of a field or button inside a cell belong to it. */
  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (event.target !== event.currentTarget) return;
    const action = gridKeyAction(event, { index, count: ids.length, page: pageRows() }, letters);
    if (!action) return;
    if (action.kind === "clear" && !selection?.selected.size) return;
    if ((action.kind === "toggle" || action.kind === "select-all") && !selection) return;
    event.preventDefault();
    event.stopPropagation();
    switch (action.kind) {
      case "move":
        if (action.extend) extendTo(action.index);
        else spanStart.current = null;
        focus(action.index);
        return;
      case "open":
        open(index);
        return;
      case "toggle":
        if (action.extend) extendTo(index);
        else toggle(index);
        return;
      case "select-all":
        selection?.onChange(new Set([...selection.selected, ...ids]));
        return;
      case "clear":
        selection?.onChange(new Set());
    }
  }

  function onClick(event: MouseEvent<HTMLElement>) {
    const target = event.target as HTMLElement;
    const at = Number(target.closest<HTMLElement>("[data-index]")?.dataset.index ?? Number.NaN);
    if (Number.isNaN(at) || target.closest("a, button, input, select, textarea, [role=menuitem]")) return;
    // The click went to a cell, which may scroll away: the keyboard belongs to the table.
    event.currentTarget.focus({ preventScroll: true });
    if (event.shiftKey && selection) extendTo(at);
    else if ((event.ctrlKey || event.metaKey) && selection) toggle(at);
    else if (opensOnClick) open(at);
    focus(at);
  }

  return { id, index, toggle, onKeyDown, onClick };
}
