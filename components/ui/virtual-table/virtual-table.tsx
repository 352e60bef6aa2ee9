"use client";

import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useEffectEvent, useId, useMemo, useRef } from "react";
import { cn } from "../cn";
import { useSameList } from "../use-same-list";
import { useSteady } from "../use-steady";
import { BodyRow } from "./body-row";
import { leastWidth, selectColumnWidth } from "./cell-box";
import type { ColumnState } from "./column-state";
import { EdgeRow } from "./edge-row";
import { HeaderRow, headerHeight } from "./header-row";
import { checkedState } from "./select-rows";
import type { Edge, RowDecoration, Selection, Sort, VirtualColumn } from "./types";
import { useEdgeLoading } from "./use-edge-loading";
import { useGridFocus } from "./use-grid-focus";
import { useGridTable } from "./use-grid-table";
import { useRowCells } from "./use-row-cells";
import { useRowHeight } from "./use-row-height";
import { useScrollAnchor } from "./use-scroll-anchor";

export type VirtualTableProps<Row> = {
  /** What the rows are: "Records". */
  label: string;
  /** Memoise it: new columns are a new table. */
  columns: readonly VirtualColumn<Row>[];
  /** What is loaded, in order. */
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** Rows of the whole list when known, loaded or not. */
  total?: number | undefined;
  /** How many rows of the whole list lie before `rows`. */
  offset?: number;
  before?: Edge;
  after?: Edge;
  /** From `columnsOf` a view: columns can be resized, and hidden, ordered and frozen by a `ColumnMenu`. */
  columnState?: ColumnState;
  sort?: Sort;
  onSortChange?: (sort: Sort) => void;
  /** Changes with the query: the list starts from its top. A change of `sort` does too. */
  listKey?: string;
  /** The row that has the keyboard; given, the caller holds it (and may move it, the table follows). */
  focusedId?: string | null;
  onFocusChange?: (id: string) => void;
  /** Enter, or a click too unless `opensOn` says otherwise. */
  onOpen?: (row: Row) => void;
  /** `enter` where a click only moves the focus. */
  opensOn?: "click" | "enter";
  selection?: Selection;
  /** Takes the keyboard when it appears or shows another list, unless something else has it. */
  autoFocus?: boolean;
  decorate?: (row: Row) => RowDecoration | undefined;
  /** An `EmptyState` for when there is no row at all. */
  empty?: ReactNode;
  className?: string;
};

/** A table of any length: only the rows in sight are drawn. Fills its parent, which must have a height (`PageBody layout="fill"`). */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const {
    label,
    columns,
    rows,
    rowId,
    total,
    offset = 0,
    before,
    after,
    columnState,
    sort,
    selection,
    className,
  } = props;
  const domId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight();
  const ids = useSameList(useMemo(() => rows.map(rowId), [rows, rowId]));
  const columnOf = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);
  const table = useGridTable(columns, columnState);

  const lead = needsRow(before) ? 1 : 0;
  const count = lead + rows.length + (needsRow(after) ? 1 : 0);
  const focus = useGridFocus({
    rows,
    ids,
    focusedId: props.focusedId,
    onFocusChange: props.onFocusChange,
    onOpen: props.onOpen,
    opensOnClick: props.opensOn !== "enter",
    selection,
    pageRows: () =>
      Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - headerHeight) / rowHeight) - 1),
  });
  const toggle = useSteady(focus.toggle);
  const cells = useRowCells(table, columnOf, selection !== undefined);
  const remember = useScrollAnchor({
    scroller,
    ids,
    lead,
    rowHeight,
    listKey: `${props.listKey}|${sort?.id}|${sort?.descending}`,
  });

  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: headerHeight,
    scrollPaddingStart: headerHeight,
    rangeExtractor: (range) => withFocused(range, focus.index < 0 ? -1 : lead + focus.index),
    useFlushSync: false,
  });
  const measureRowsOf = useEffectEvent((_height: number) => virtualizer.measure());
  useEffect(() => measureRowsOf(rowHeight), [rowHeight]);

  const visible = virtualizer.range;
  useEdgeLoading({
    before,
    after,
    first: (visible?.startIndex ?? 0) - lead,
    last: (visible?.endIndex ?? 0) - lead,
    count: rows.length,
  });

  const reveal = useEffectEvent(() => {
    if (focus.index >= 0) virtualizer.scrollToIndex(lead + focus.index, { align: "auto" });
  });
  useEffect(() => {
    if (focus.id !== null) reveal();
  }, [focus.id]);

  const takeKeyboard = useEffectEvent((_list: string | undefined) => {
    if (props.autoFocus && document.activeElement === document.body)
      scroller.current?.focus({ preventScroll: true });
  });
  const filled = rows.length > 0;
  const { listKey } = props;
  useEffect(() => {
    if (filled) takeKeyboard(listKey);
  }, [filled, listKey]);

  if (rows.length === 0 && count === 0 && props.empty)
    return <div className={cn("flex-1", className)}>{props.empty}</div>;

  const shown = table.getVisibleLeafColumns();
  const columnCount = shown.length + (selection ? 1 : 0);
  const minWidth = shown.reduce(
    (sum, { id, getSize }) => sum + leastWidth(getSize(), columnOf.get(id)?.narrow),
    selection ? selectColumnWidth : 0,
  );
  const rowDomId = (index: number) => `${domId}-row-${index}`;
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={total === undefined ? -1 : total + 1}
      aria-colcount={columnCount}
      aria-multiselectable={selection ? true : undefined}
      aria-activedescendant={focus.index >= 0 ? rowDomId(focus.index) : undefined}
      tabIndex={0}
      onKeyDown={focus.onKeyDown}
      onClick={focus.onClick}
      onScroll={remember}
      className={cn(
        "group/grid @container relative min-h-0 flex-1 overflow-auto overscroll-contain [overflow-anchor:none]",
        // The row that has the keyboard is outlined; the table itself only while there is none.
        focus.index >= 0 ? "outline-none" : "focus-inset",
        selection || table.getIsSomeColumnsPinned("left")
          ? "max-sm:fade-sideways-end"
          : "max-sm:fade-sideways",
        className,
      )}
    >
      <div
        role="rowgroup"
        className="sticky top-0 z-10 shadow-[inset_0_-1px_0_var(--line)]"
        style={{ minWidth }}
      >
        <HeaderRow
          table={table}
          columnOf={columnOf}
          sorts={sort ? [sort] : []}
          onSortChange={props.onSortChange}
          select={
            selection && {
              label: "Select all loaded rows",
              checked: checkedState(selection.selected, ids),
              onChange: (all) => selection.onChange(new Set(all ? [...selection.selected, ...ids] : [])),
            }
          }
        />
      </div>
      <div role="rowgroup" className="relative" style={{ minWidth, height: count * rowHeight }}>
        {virtualizer.getVirtualItems().map((item) => {
          const top = item.start - headerHeight;
          const index = item.index - lead;
          const row = rows[index];
          const edge = index < 0 ? before : after;
          if (row === undefined)
            return edge ? (
              <EdgeRow key={item.key} edge={edge} top={top} height={rowHeight} columns={columnCount} />
            ) : null;
          const id = ids[index] ?? "";
          return (
            <BodyRow
              key={id}
              row={row}
              domId={rowDomId(index)}
              index={index}
              ariaRowIndex={offset + index + 2}
              top={top}
              height={rowHeight}
              cells={cells}
              focused={index === focus.index}
              selected={selection?.selected.has(id)}
              onToggle={toggle}
              {...props.decorate?.(row)}
            />
          );
        })}
      </div>
    </div>
  );
}

function needsRow(edge: Edge | undefined): boolean {
  return edge !== undefined && (edge.hasMore || edge.loading || edge.failed !== undefined);
}

/** The focused row is drawn even out of sight: aria-activedescendant must point to an element that exists. */
function withFocused(range: Range, focused: number): number[] {
  const indices = defaultRangeExtractor(range);
  if (focused < 0 || focused >= range.count || indices.includes(focused)) return indices;
  return [...indices, focused].sort((one, other) => one - other);
}
