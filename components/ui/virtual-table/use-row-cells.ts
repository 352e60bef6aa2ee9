"use client";

import type { Table } from "@tanstack/react-table";
import { type CSSProperties, useMemo } from "react";
import { cellLook, cellStyle, selectColumnWidth } from "./cell-box";
import type { VirtualColumn } from "./types";

/** One column as every row draws its cell. */
export type RowCell<Row> = {
  id: string;
  /** 1-based, the box that selects being the first where there is one. */
  place: number;
  cell: VirtualColumn<Row>["cell"];
  className: string;
  style: CSSProperties;
};

/** The cells of a row, the same array until a column changes: a row is drawn anew only when it or they did. */
export function useRowCells<Row>(
  table: Table<Row>,
  columnOf: ReadonlyMap<string, VirtualColumn<Row>>,
  selectable: boolean,
): readonly RowCell<Row>[] {
  const places = [...table.getLeftVisibleLeafColumns(), ...table.getCenterVisibleLeafColumns()].map(
    ({ id, getIsPinned, getStart, getSize }) => ({
      id,
      width: getSize(),
      frozenAt: getIsPinned() === "left" ? (selectable ? selectColumnWidth : 0) + getStart("left") : null,
    }),
  );
  const key = JSON.stringify(places);
  return useMemo(() => {
    const read: typeof places = JSON.parse(key);
    return read.flatMap(({ id, width, frozenAt }, at) => {
      const column = columnOf.get(id);
      if (!column) return [];
      return [
        {
          id,
          place: at + (selectable ? 2 : 1),
          cell: column.cell,
          className: cellLook({ frozen: frozenAt !== null, numeric: column.numeric, narrow: column.narrow }),
          style: cellStyle({
            width,
            grow: column.grow === true,
            frozenAt: frozenAt ?? undefined,
            narrow: column.narrow,
          }),
        },
      ];
    });
  }, [key, columnOf, selectable]);
}
