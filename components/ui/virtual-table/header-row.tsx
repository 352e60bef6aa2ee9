"use client";

import type { Header, Table } from "@tanstack/react-table";
import { useState } from "react";
import { Checkbox } from "../checkbox";
import { cn } from "../cn";
import { SortMark } from "../sort-mark";
import { cellLook, cellStyle, selectColumnWidth } from "./cell-box";
import { movedBefore } from "./column-state";
import { ResizeHandle } from "./resize-handle";
import type { Sort, VirtualColumn } from "./types";

/** Pixels; the rows scroll below it. */
export const headerHeight = 32;

type OnSortChange = (sort: Sort, also: boolean) => void;

type HeaderRowProps<Row> = {
  table: Table<Row>;
  columnOf: ReadonlyMap<string, VirtualColumn<Row>>;
  sorts: readonly Sort[];
  onSortChange: OnSortChange | undefined;
  select: { checked: boolean | "indeterminate"; label: string; onChange: (all: boolean) => void } | undefined;
};

/** Where a dragged head would be put down. */
type Dragged = { id: string; before: string | null };

export function HeaderRow<Row>({ table, columnOf, sorts, onSortChange, select }: HeaderRowProps<Row>) {
  const [dragged, setDragged] = useState<Dragged | null>(null);
  const offset = select ? selectColumnWidth : 0;
  const headers = table.getFlatHeaders();
  const ids = headers.map(({ column }) => column.id);
  const order = table.getAllLeafColumns().map(({ id }) => id);

  function drop() {
    if (dragged && dragged.before !== dragged.id)
      table.setColumnOrder(movedBefore(order, dragged.id, dragged.before));
    setDragged(null);
  }

  return (
    <div
      role="row"
      tabIndex={-1}
      aria-rowindex={1}
      className="flex h-8 bg-surface outline-none"
      onDragOver={(event) => {
        if (!dragged) return;
        event.preventDefault();
        const cell = (event.target as HTMLElement).closest<HTMLElement>("[data-column]");
        const over = cell?.dataset.column;
        if (!cell || over === undefined) return;
        const box = cell.getBoundingClientRect();
        const after = event.clientX > box.left + box.width / 2;
        const before = after ? (ids[ids.indexOf(over) + 1] ?? null) : over;
        if (before !== dragged.before) setDragged({ ...dragged, before });
      }}
      onDrop={(event) => {
        event.preventDefault();
        drop();
      }}
      onDragEnd={() => setDragged(null)}
    >
      {select ? (
        <div
          role="columnheader"
          tabIndex={-1}
          aria-colindex={1}
          className={cn(cellLook({ frozen: true }), "left-0 px-2.5")}
          style={cellStyle({ width: selectColumnWidth, grow: false, frozenAt: 0 })}
        >
          <Checkbox
            aria-label={select.label}
            checked={select.checked}
            onCheckedChange={(checked) => select.onChange(checked === true)}
          />
        </div>
      ) : null}
      {headers.map((header, index) => (
        <HeaderCell
          key={header.id}
          header={header}
          column={columnOf.get(header.column.id)}
          colIndex={index + (select ? 2 : 1)}
          offset={offset}
          sorts={sorts}
          onSortChange={onSortChange}
          dropMark={
            dragged && dragged.id !== dragged.before
              ? dragged.before === header.column.id
                ? "before"
                : dragged.before === null && index === headers.length - 1
                  ? "after"
                  : undefined
              : undefined
          }
          onDragStart={() => setDragged({ id: header.column.id, before: header.column.id })}
          onMove={(by) => {
            const at = ids.indexOf(header.column.id);
            const target = ids[by < 0 ? at - 1 : at + 2] ?? null;
            if (by < 0 && at === 0) return;
            table.setColumnOrder(movedBefore(order, header.column.id, target));
          }}
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
  sorts: readonly Sort[];
  onSortChange: OnSortChange | undefined;
  dropMark: "before" | "after" | undefined;
  onDragStart: () => void;
  onMove: (by: -1 | 1) => void;
};

function HeaderCell<Row>(props: HeaderCellProps<Row>) {
  const { header, column, colIndex, offset, sorts, onSortChange, dropMark } = props;
  if (!column) return null;
  const sortable = column.sortable === true && onSortChange !== undefined;
  const rank = sorts.findIndex(({ id }) => id === column.id);
  const direction = rank < 0 ? "none" : sorts[rank]?.descending ? "descending" : "ascending";
  const frozen = header.column.getIsPinned() === "left";
  const movable = header.column.getCanResize();
  const move = movable
    ? {
        draggable: true,
        onDragStart: (event: React.DragEvent) => {
          event.dataTransfer.effectAllowed = "move";
          // Firefox drags nothing without data.
          event.dataTransfer.setData("text/plain", column.header);
          props.onDragStart();
        },
      }
    : {};
  return (
    <div
      role="columnheader"
      tabIndex={-1}
      data-column={column.id}
      aria-colindex={colIndex}
      aria-sort={sortable && rank <= 0 ? direction : undefined}
      className={cn(
        cellLook({ frozen, numeric: column.numeric, narrow: column.narrow }),
        "group/head text-faint text-xs",
        // A frozen head is sticky, which holds what is placed in it just as well.
        frozen ? null : "relative",
        dropMark && "after:absolute after:inset-y-0 after:z-[2] after:w-0.5 after:bg-accent",
        dropMark === "before" && "after:left-0",
        dropMark === "after" && "after:right-0",
      )}
      style={cellStyle({
        width: header.getSize(),
        grow: column.grow === true,
        narrow: column.narrow,
        frozenAt: frozen ? offset + header.column.getStart("left") : undefined,
      })}
    >
      {sortable ? (
        <button
          type="button"
          {...move}
          onClick={(event) =>
            onSortChange(
              { id: column.id, descending: nextDescending(direction, column.numeric) },
              event.shiftKey,
            )
          }
          onKeyDown={(event) => {
            if (!movable || !event.shiftKey) return;
            if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
            event.preventDefault();
            props.onMove(event.key === "ArrowLeft" ? -1 : 1);
          }}
          className={cn(
            "touch-target flex min-w-0 items-center gap-1 rounded-sm hover:text-text",
            direction !== "none" && "text-text",
          )}
        >
          <span className="truncate">{column.header}</span>
          <SortMark direction={direction} />
          {sorts.length > 1 && rank >= 0 ? (
            <span className="tabular text-2xs text-muted">
              <span className="sr-only">, sort key </span>
              {rank + 1}
            </span>
          ) : null}
        </button>
      ) : (
        <span className="truncate" {...move}>
          {column.header}
        </span>
      )}
      {movable ? <ResizeHandle header={header} name={column.header} /> : null}
    </div>
  );
}

/** Text starts with A, numbers with the largest. */
function nextDescending(direction: "none" | "ascending" | "descending", numeric = false): boolean {
  return direction === "none" ? numeric : direction === "ascending";
}
