"use client";

import { type ReactNode, useEffect, useEffectEvent, useId, useMemo, useRef } from "react";
import { cn } from "../cn";
import { useSteady } from "../use-steady";
import { BodyRow } from "./body-row";
import { selectColumnWidth } from "./cell-box";
import type { ColumnState } from "./column-state";
import { HeaderRow, headerHeight } from "./header-row";
import { SkeletonRow } from "./skeleton-row";
import type { Sort, VirtualColumn } from "./types";
import { useGridTable } from "./use-grid-table";
import { useRowCells } from "./use-row-cells";
import { type RowChoice, useRowFocus } from "./use-row-focus";
import { useRowHeight } from "./use-row-height";
import { useScrollSpace } from "./use-scroll-space";

export type PagedTableProps<Row> = {
  /** What the rows are: "Records". */
  label: string;
  /** Memoise it: new columns are a new table. */
  columns: readonly VirtualColumn<Row>[];
  /** Rows of the whole list, in memory or not. */
  count: number;
  /** Whether `count` is all of them, and not just as many as are known of. */
  countExact: boolean;
  /** The first rows have not come yet; `count` is a guess. */
  busy?: boolean;
  /** The row at a place, undefined while it isn't in memory. */
  rowAt: (index: number) => Row | undefined;
  rowId: (row: Row) => string;
  /** Called with the places in sight, when they change. */
  onSight: (first: number, last: number) => void;
  columnState: ColumnState;
  /** By how many keys, the first ruling. */
  sorts: readonly Sort[];
  /** `also`: a key after those there are, rather than instead of them. */
  onSortChange: (sort: Sort, also: boolean) => void;
  /** Changes with the query and the order: the list starts from its top. */
  listKey: string;
  /** Place of the row that the caller shows in full, -1 when it isn't in memory. */
  focused?: number | undefined;
  onFocusChange?: (row: Row) => void;
  /** Enter, or a click. */
  onOpen?: (row: Row) => void;
  choice?: RowChoice | undefined;
  /** A line below the rows: where one is in the list. */
  footer?: (sight: { first: number; last: number; goTo: (index: number) => void }) => ReactNode;
  /** An `EmptyState` for when there is no row at all. */
  empty?: ReactNode;
};

/** Rows drawn above and below those in sight. */
const OVERSCAN = 8;

/**
 * A table over a list of any length of which only some pages are in memory: every row has its place from the
 * start, so that the scrollbar tells where one is and nothing moves when a page comes. Fills its parent.
 */
export function PagedTable<Row>(props: PagedTableProps<Row>) {
  const { label, columns, count, countExact, rowAt, rowId, columnState, sorts, choice, listKey } = props;
  const domId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight();
  const columnOf = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);
  const table = useGridTable(columns, columnState);
  const space = useScrollSpace({ scroller, count, rowHeight, headerHeight, listKey });
  const focus = useRowFocus({
    count,
    rowAt,
    rowId,
    focused: props.focused,
    onFocusChange: props.onFocusChange,
    onOpen: props.onOpen,
    choice,
    pageRows: () => Math.max(1, Math.floor(space.view / rowHeight) - 1),
    showRow: space.showRow,
    listKey,
  });

  const toggle = useSteady(focus.toggle);
  const cells = useRowCells(table, columnOf, choice !== undefined);
  const { first, last } = space;
  const tellSight = useEffectEvent(props.onSight);
  useEffect(() => tellSight(first, last), [first, last]);

  if (count === 0 && countExact && props.empty) return <div className="flex-1">{props.empty}</div>;

  const columnCount = table.getVisibleLeafColumns().length + (choice ? 1 : 0);
  const minWidth = table.getTotalSize() + (choice ? selectColumnWidth : 0);
  const rowDomId = (index: number) => `${domId}-row-${index}`;
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div
        ref={scroller}
        role="grid"
        aria-label={label}
        aria-busy={props.busy}
        aria-rowcount={countExact ? count + 1 : -1}
        aria-colcount={columnCount}
        aria-multiselectable={choice ? true : undefined}
        aria-activedescendant={focus.index >= 0 ? rowDomId(focus.index) : undefined}
        tabIndex={0}
        onKeyDown={focus.onKeyDown}
        onClickCapture={focus.onClickCapture}
        onClick={focus.onClick}
        onScroll={space.onScroll}
        className={cn(
          "group/grid @container relative min-h-0 flex-1 overflow-auto overscroll-contain [overflow-anchor:none]",
          // The row that has the keyboard is outlined; the table itself only while there is none.
          focus.index >= 0 ? "outline-none" : "focus-inset",
          choice || table.getIsSomeColumnsPinned("left")
            ? "max-sm:fade-sideways-end"
            : "max-sm:fade-sideways",
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
            sorts={sorts}
            onSortChange={props.onSortChange}
            select={choice && { checked: choice.head, label: choice.headLabel, onChange: choice.onAll }}
          />
        </div>
        <div role="rowgroup" className="relative overflow-clip" style={{ minWidth, height: space.height }}>
          {drawnRows({ first, last, count, focused: focus.index }).map((index) => {
            const row = rowAt(index);
            const place = {
              index,
              domId: rowDomId(index),
              ariaRowIndex: index + 2,
              top: index * rowHeight - space.offset,
              height: rowHeight,
              focused: index === focus.index,
            };
            if (row === undefined) return <SkeletonRow key={index} {...place} columns={columnCount} />;
            return (
              <BodyRow
                key={index}
                {...place}
                row={row}
                cells={cells}
                selected={choice?.isChosen(rowId(row))}
                onToggle={toggle}
              />
            );
          })}
        </div>
      </div>
      {props.footer?.({ first, last, goTo: focus.goTo })}
    </div>
  );
}

type Drawn = { first: number; last: number; count: number; focused: number };

/** The focused row is drawn even out of sight: aria-activedescendant must point to an element that exists. */
function drawnRows({ first, last, count, focused }: Drawn): number[] {
  const from = Math.max(0, first - OVERSCAN);
  const to = Math.min(count - 1, last + OVERSCAN);
  const rows = Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
  return focused >= 0 && focused < count && (focused < from || focused > to) ? [...rows, focused] : rows;
}
