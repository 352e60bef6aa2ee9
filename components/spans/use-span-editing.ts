"use client";

import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from "react";
import { stepBorder } from "./borders";
import { isCollapsed, moveCursor, stretchOf } from "./cursor";
import { differs, markStretch, withOption } from "./marking";
import { nextToJudge } from "./next-to-judge";
import { inOrder, type Piece, piecesOf, spanToPick } from "./pieces";
import type { KeyCircumstances, SpanCommand } from "./span-keys";
import { type Step, TextPlaces } from "./text-places";
import type { SpanBorders, SpanDocument, SpanView } from "./types";
import { type DomCursor, useDomCursor } from "./use-dom-cursor";

export type SpanEditing = Omit<SpanDocument, "onSelected" | "selectedId"> & {
  root: RefObject<HTMLDivElement | null>;
  places: TextPlaces;
  pieces: readonly Piece<SpanView>[];
  dom: DomCursor;
  selected: SpanView | null;
  select(id: string | null): void;
  /** What stands in place of the selected span's borders while one is dragged. */
  drag(borders: SpanBorders | null): void;
  /** The borders are final. */
  setBorders(span: SpanView, borders: SpanBorders): void;
  /** Marks a stretch with the brush, or with an option that becomes the brush's. */
  mark(stretch: SpanBorders, by: Step, option?: string): void;
  /**
   * Gives the selected span an option, marks what is selected with it, or makes it the brush; the brush's own, chosen
   * again, is put away when `again` says so.
   */
  choose(label: string, option: string, again?: "on" | "off"): void;
  /** An agent's span that a person has not confirmed. */
  canConfirm(span: SpanView): boolean;
  confirm(span: SpanView): void;
  remove(span: SpanView): void;
  circumstances(): KeyCircumstances;
  /** False: there was nothing to do, the key is the page's. */
  run(command: SpanCommand): boolean;
};

/** The state of a text whose spans are looked at or edited, and everything that keys, mouse and buttons do. */
export function useSpanEditing(document: SpanDocument): SpanEditing {
  const { text, spans, labels, readOnly = false, actions, brush: brushState, onSelected } = document;
  const { brush, onBrush, wordSnapping } = brushState;
  const root = useRef<HTMLDivElement>(null);
  const [ownSelectedId, setSelectedId] = useState<string | null>(null);
  const isGiven = document.selectedId !== undefined;
  const selectedId = document.selectedId ?? (isGiven ? null : ownSelectedId);
  const [dragged, drag] = useState<SpanBorders | null>(null);
  const places = useMemo(() => new TextPlaces(text), [text]);
  const pieces = useMemo(() => {
    const shown = dragged
      ? spans.map((span) => (span.id === selectedId ? { ...span, ...dragged } : span))
      : spans;
    return piecesOf(places.offsets, shown);
  }, [places, spans, dragged, selectedId]);
  const dom = useDomCursor(root, places, pieces);
  const selected = spans.find(({ id }) => id === selectedId) ?? null;
  const snapBy: Step = wordSnapping ? "word" : "character";
  const stretch = dom.cursor && !isCollapsed(dom.cursor) ? stretchOf(dom.cursor) : null;
  const isOpen = ({ editable = true }: SpanView) => !readOnly && editable;
  const isJudged = (span: SpanView) =>
    actions.onConfirm !== undefined && isOpen(span) && span.by.kind === "job";
  const canConfirm = (span: SpanView) => isJudged(span) && span.verdict?.status !== "CONFIRMS";

  const select = useCallback(
    (id: string | null) => {
      setSelectedId(id);
      onSelected?.(id);
    },
    [onSelected],
  );

  /** Not while a person is in a field of the list: the cursor would leave it. */
  function collapse(at: number) {
    if (root.current?.contains(window.document.activeElement)) dom.place({ anchor: at, focus: at });
  }

  function setBorders(span: SpanView, borders: SpanBorders) {
    const change = { ...borders, value: [...span.value] };
    if (isOpen(span) && span.value.length > 0 && differs(span, change)) actions.onChange(span.id, change);
  }

  function mark(over: SpanBorders, by: Step, option = brush.value) {
    const snapped = places.snap(over.start, over.end, by);
    if (readOnly || option === null || !snapped) return;
    const marking = markStretch(spans, labels, snapped, { label: brush.label, value: option });
    if (marking.kind === "add") actions.onAdd(marking.span);
    else if (marking.kind === "change") actions.onChange(marking.id, marking.change);
    select(marking.kind === "add" ? null : marking.id);
    collapse(snapped.end);
  }

  function choose(label: string, option: string, again: "on" | "off" = "on") {
    if (selected && !stretch && isOpen(selected) && selected.label === label) {
      const change = withOption(selected, labels, option);
      if (differs(selected, change)) actions.onChange(selected.id, change);
      return;
    }
    const isBrush = label === brush.label && option === brush.value;
    onBrush({ label, value: isBrush && !stretch && again === "off" ? null : option });
    if (stretch && label === brush.label) mark(stretch, snapBy, option);
  }

  // The cursor follows what is selected, so that the arrows go on from there.
  const follow = useRef({ text, selectedId });
  useLayoutEffect(() => {
    const isSame = follow.current.text === text && follow.current.selectedId === selectedId;
    follow.current = { text, selectedId };
    const element = root.current;
    if (isSame || !element || window.document.activeElement !== element) return;
    const at = selected?.start ?? 0;
    const focus = dom.cursor?.focus;
    const isIn = selected && focus !== undefined && selected.start <= focus && focus <= selected.end;
    if (selected ? !isIn : focus === undefined) dom.place({ anchor: at, focus: at });
  });

  function goOn(from: SpanView) {
    if (isGiven) return;
    const next = nextToJudge(spans, from);
    select(next?.id ?? null);
  }

  function confirm(span: SpanView) {
    if (!canConfirm(span)) return;
    actions.onConfirm?.(span.id);
    goOn(span);
  }

  function remove(span: SpanView) {
    if (!isOpen(span) || span.value.length === 0) return;
    actions.onRemove(span.id);
    if (span.by.kind === "job" && actions.onConfirm) goOn(span);
    else select(null);
  }

  /** Keys choose among the options of the selected span's label, else of the brush's. */
  function keyedLabel() {
    const name = selected && !stretch && isOpen(selected) ? selected.label : brush.label;
    return labels.find((label) => label.name === name);
  }

  function pick(): boolean {
    const at = dom.cursor?.focus ?? 0;
    const found = spanToPick(
      spans.filter(({ start, end }) => start <= at && at <= end),
      selectedId,
    );
    if (found) select(found.id);
    return found !== null;
  }

  function selectNeighbour(direction: 1 | -1): boolean {
    const ordered = inOrder(spans);
    const at = selected ? ordered.indexOf(selected) : null;
    const from = dom.cursor?.focus ?? 0;
    const next =
      at !== null
        ? ordered[at + direction]
        : direction === 1
          ? ordered.find(({ start }) => start >= from)
          : ordered.findLast(({ start }) => start <= from);
    if (!next) return false;
    select(next.id);
    return true;
  }

  function leave() {
    if (stretch) collapse(dom.cursor?.focus ?? stretch.end);
    else select(null);
  }

  function run(command: SpanCommand): boolean {
    const cursor = dom.cursor ?? { anchor: 0, focus: 0 };
    switch (command.kind) {
      case "move":
        dom.place(moveCursor(places, cursor, command));
        return true;
      case "line":
        dom.moveByLine(command);
        return true;
      case "all":
        dom.place({ anchor: 0, focus: places.length });
        return true;
      case "mark":
        if (stretch) mark(stretch, snapBy);
        return true;
      case "pick":
        return pick();
      case "confirm":
        if (!selected) return false;
        if (selected.verdict && selected.verdict.status !== "UNSURE") {
          // A correction is not overwritten by who means to go on; where the page says what is selected, it goes on.
          goOn(selected);
          return !isGiven;
        }
        confirm(selected);
        return true;
      case "clear":
        if (selected) actions.onClear?.(selected.id);
        return true;
      case "option": {
        const label = keyedLabel();
        const option = label?.options.find(({ key }) => key === command.key);
        if (label && option) choose(label.name, option.value);
        return true;
      }
      case "border": {
        if (!selected) return false;
        const { side, by, direction, onScreen } = command;
        const mirrored = onScreen && places.isRightToLeft(selected[side]);
        const toward = mirrored ? (direction === 1 ? -1 : 1) : direction;
        setBorders(selected, stepBorder(places, selected, side, by, toward));
        return true;
      }
      case "neighbour":
        return selectNeighbour(command.direction);
      case "remove":
        if (selected) remove(selected);
        return true;
      case "leave":
        leave();
        return true;
    }
  }

  const circumstances = (): KeyCircumstances => ({
    hasStretch: stretch !== null,
    hasSpan: selected !== null,
    canLeave: stretch !== null || selected !== null,
    canConfirm: selected !== null && isJudged(selected),
    canClear: selected?.verdict != null && isJudged(selected) && actions.onClear !== undefined,
    readOnly,
    wordSnapping,
    optionKeys: new Set(keyedLabel()?.options.flatMap(({ key }) => key ?? [])),
  });

  return {
    text,
    spans,
    labels,
    readOnly,
    actions,
    brush: brushState,
    root,
    places,
    pieces,
    dom,
    selected,
    select,
    drag,
    setBorders,
    mark,
    choose,
    canConfirm,
    confirm,
    remove,
    circumstances,
    run,
  };
}
