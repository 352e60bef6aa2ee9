"use client";

import type { Header, Table } from "@tanstack/react-table";
import { Checkbox } from "../checkbox";
import { cn } from "../cn";
import { SortMark } from "../sort-mark";
import { cellLook, cellStyle, selectColumnWidth } from "./cell-box";
import type { Sort, VirtualColumn } from "./types";

/** Pixels; the rows scroll below it. */
export const headerHeight = 32;
const keyboardStep = 16;

type HeaderRowProps<Row> = {
  table: Table<Row>;
  columnOf: ReadonlyMap<string, VirtualColumn<Row>>;
  sort: Sort | undefined;
  onSortChange: ((sort: Sort) => void) | undefined;
  select: { checked: boolean | "indeterminate"; onChange: (all: boolean) => void } | undefined;
};

export function HeaderRow<Row>({ table, columnOf, sort, onSortChange, select }: HeaderRowProps<Row>) {
  const offset = select ? selectColumnWidth : 0;
  return (
    <div role="row" aria-rowindex={1} className="flex h-8 bg-surface">
      {select ? (
        <div
          role="columnheader"
          tabIndex={-1}
          aria-colindex={1}
          className={cn(cellLook({ frozen: true }), "left-0 px-2.5")}
          style={cellStyle({ width: selectColumnWidth, grow: false, frozenAt: 0 })}
        >
          <Checkbox
            aria-label="Select all loaded rows"
            checked={select.checked}
            onCheckedChange={(checked) => select.onChange(checked === true)}
          />
        </div>
      ) : null}
      {table.getFlatHeaders().map((header, index) => (
        <HeaderCell
          key={header.id}
          header={header}
          column={columnOf.get(header.column.id)}
          colIndex={index + (select ? 2 : 1)}
          offset={offset}
          sort={sort}
          onSortChange={onSortChange}
        />
      ))}
    </div>
  );
}

type HeaderCellProps<Row> = {
  header: Header<Row, unknown>;
  column: VirtualColumn<Row> | undefined;
  colIndex: number;
  offset: number;
  sort: Sort | undefined;
  onSortChange: ((sort: Sort) => void) | undefined;
};

function HeaderCell<Row>({ header, column, colIndex, offset, sort, onSortChange }: HeaderCellProps<Row>) {
  if (!column) return null;
  const sortable = column.sortable === true && onSortChange !== undefined;
  const direction = sort?.id !== column.id ? "none" : sort.descending ? "descending" : "ascending";
  const frozen = header.column.getIsPinned() === "left";
  return (
    <div
      role="columnheader"
      tabIndex={-1}
      aria-colindex={colIndex}
      aria-sort={sortable ? direction : undefined}
      className={cn(cellLook({ frozen, numeric: column.numeric }), "group/head relative text-faint text-xs")}
      style={cellStyle({
        width: header.getSize(),
        grow: column.grow === true,
        frozenAt: frozen ? offset + header.column.getStart("left") : undefined,
      })}
    >
      {sortable ? (
        <button
          type="button"
          onClick={() =>
            onSortChange({ id: column.id, descending: nextDescending(direction, column.numeric) })
          }
          className={cn(
            "touch-target flex min-w-0 items-center gap-1 rounded-sm hover:text-text",
            direction !== "none" && "text-text",
          )}
        >
          <span className="truncate">{column.header}</span>
          <SortMark direction={direction} />
        </button>
      ) : (
        <span className="truncate">{column.header}</span>
      )}
      {header.column.getCanResize() ? <ResizeHandle header={header} name={column.header} /> : null}
    </div>
  );
}

/** Text starts with A, numbers with the largest. */
function nextDescending(direction: "none" | "ascending" | "descending", numeric = false): boolean {
  return direction === "none" ? numeric : direction === "ascending";
}

function ResizeHandle<Row>({ header, name }: { header: Header<Row, unknown>; name: string }) {
  const { column } = header;
  const resize = (by: number) =>
    header.getContext().table.setColumnSizing((sizing) => ({
      ...sizing,
      [column.id]: Math.max(column.columnDef.minSize ?? 48, header.getSize() + by),
    }));
  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of ${name}`}
      aria-valuenow={header.getSize()}
      aria-valuemin={column.columnDef.minSize ?? 48}
      aria-valuemax={2000}
      tabIndex={0}
      onMouseDown={header.getResizeHandler()}
      onTouchStart={header.getResizeHandler()}
      onDoubleClick={() => column.resetSize()}
      onKeyDown={(event) => {
        if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
        event.stopPropagation();
        resize(event.key === "ArrowRight" ? keyboardStep : -keyboardStep);
      }}
      className={cn(
        "absolute top-1.5 right-0 h-5 w-2 cursor-col-resize touch-none select-none",
        "before:absolute before:inset-y-0 before:right-0 before:w-px before:bg-line hover:before:bg-accent",
        column.getIsResizing() && "before:bg-accent",
      )}
    />
  );
}
