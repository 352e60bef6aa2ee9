"use client";

import { memo, type ReactNode } from "react";
import { Checkbox } from "../checkbox";
import { cn } from "../cn";
import { cellLook, cellStyle, selectColumnWidth } from "./cell-box";
import type { RowDecoration } from "./types";
import type { RowCell } from "./use-row-cells";

type BodyRowProps<Row> = RowDecoration & {
  row: Row;
  domId: string;
  /** Index among the loaded rows; the grid finds the row of a click by it. */
  index: number;
  /** 1-based, the head being 1, counted over the whole list. */
  ariaRowIndex: number;
  top: number;
  height: number;
  cells: readonly RowCell<Row>[];
  focused: boolean;
  /** Undefined when rows can't be selected. */
  selected: boolean | undefined;
  /** Steady, or every row is drawn with every key. */
  onToggle: (index: number) => void;
};

/** One row, drawn anew only when something of it changes. */
export const BodyRow = memo(DrawnRow) as <Row>(props: BodyRowProps<Row>) => ReactNode;

function DrawnRow<Row>(props: BodyRowProps<Row>) {
  const { row, index, cells, focused, selected, person, glow, onToggle } = props;
  const selectable = selected !== undefined;
  return (
    <div
      role="row"
      id={props.domId}
      data-index={index}
      data-person={person}
      aria-rowindex={props.ariaRowIndex}
      aria-selected={selected}
      className={cn(
        "absolute inset-x-0 flex border-b bg-surface contain-strict hover:bg-raised",
        selected && "bg-accent-soft hover:bg-accent-soft",
        focused && "row-outline bg-raised",
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
            onCheckedChange={() => onToggle(index)}
          />
        </div>
      ) : null}
      {cells.map(({ id, place, cell, className, style }) => (
        <div key={id} role="gridcell" tabIndex={-1} aria-colindex={place} className={className} style={style}>
          <div className="min-w-0 truncate">{cell(row)}</div>
        </div>
      ))}
      {person ? <span aria-hidden className="absolute inset-y-0 left-0 z-[2] w-0.5 bg-person" /> : null}
      {glow === undefined ? null : (
        <span
          key={glow}
          aria-hidden
          className="pointer-events-none absolute inset-0 z-[2] animate-peer-glow"
        />
      )}
    </div>
  );
}
