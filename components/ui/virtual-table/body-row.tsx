"use client";

import type { Table } from "@tanstack/react-table";
import { Checkbox } from "../checkbox";
import { cn } from "../cn";
import { cellLook, cellStyle, selectColumnWidth } from "./cell-box";
import type { RowDecoration, VirtualColumn } from "./types";

type BodyRowProps<Row> = {
  row: Row;
  domId: string;
  /** Index among the loaded rows; the grid finds the row of a click by it. */
  index: number;
  /** 1-based, the head being 1, counted over the whole list. */
  ariaRowIndex: number;
  top: number;
  height: number;
  table: Table<Row>;
  columnOf: ReadonlyMap<string, VirtualColumn<Row>>;
  focused: boolean;
  /** Undefined when rows can't be selected. */
  selected: boolean | undefined;
  onToggle: () => void;
  decoration: RowDecoration | undefined;
};

export function BodyRow<Row>(props: BodyRowProps<Row>) {
  const { row, index, table, columnOf, focused, selected, decoration } = props;
  const selectable = selected !== undefined;
  return (
    <div
      role="row"
      id={props.domId}
      data-index={index}
      data-person={decoration?.person}
      aria-rowindex={props.ariaRowIndex}
      aria-selected={selected}
      className={cn(
        "absolute inset-x-0 flex border-b bg-surface hover:bg-raised",
        selected && "bg-accent-soft hover:bg-accent-soft",
        focused &&
          "bg-raised group-focus-visible/grid:outline-2 group-focus-visible/grid:outline-focus group-focus-visible/grid:-outline-offset-2",
        focused && selected && "bg-accent-soft",
      )}
      style={{ height: props.height, transform: `translateY(${props.top}px)` }}
    >
      {selectable ? (
        <div
          role="gridcell"
          tabIndex={-1}
          aria-colindex={1}
          className={cn(cellLook({ frozen: true }), "left-0 px-2.5")}
          style={cellStyle({ width: selectColumnWidth, grow: false, frozenAt: 0 })}
        >
          <Checkbox
            aria-label={`Select row ${props.ariaRowIndex - 1}`}
            tabIndex={-1}
            checked={selected}
            onCheckedChange={props.onToggle}
          />
        </div>
      ) : null}
      {[...table.getLeftVisibleLeafColumns(), ...table.getCenterVisibleLeafColumns()].map((shown, place) => {
        const { id, getIsPinned, getStart, getSize } = shown;
        const column = columnOf.get(id);
        if (!column) return null;
        const frozen = getIsPinned() === "left";
        return (
          <div
            key={id}
            role="gridcell"
            tabIndex={-1}
            aria-colindex={place + (selectable ? 2 : 1)}
            className={cellLook({ frozen, numeric: column.numeric })}
            style={cellStyle({
              width: getSize(),
              grow: column.grow === true,
              frozenAt: frozen ? (selectable ? selectColumnWidth : 0) + getStart("left") : undefined,
            })}
          >
            <div className="min-w-0 truncate">{column.cell(row)}</div>
          </div>
        );
      })}
      {decoration?.person ? (
        <span aria-hidden className="absolute inset-y-0 left-0 z-[2] w-0.5 bg-person" />
      ) : null}
      {decoration?.glow === undefined ? null : (
        <span
          key={decoration.glow}
          aria-hidden
          className="pointer-events-none absolute inset-0 z-[2] animate-peer-glow"
        />
      )}
    </div>
  );
}
