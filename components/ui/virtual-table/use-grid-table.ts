"use client";

import { getCoreRowModel, type Table, useReactTable } from "@tanstack/react-table";
import { useMemo } from "react";
import type { ColumnState } from "./column-state";
import type { VirtualColumn } from "./types";

const defaultColumnWidth = 160;
const none: never[] = [];

/** TanStack Table for the columns alone (width, order, visibility, freezing): rows are sorted and paged by the server. */
export function useGridTable<Row>(
  columns: readonly VirtualColumn<Row>[],
  state: ColumnState | undefined,
): Table<Row> {
  const definitions = useMemo(
    () =>
      columns.map((column) => ({
        id: column.id,
        header: column.header,
        size: column.width ?? defaultColumnWidth,
        minSize: column.minWidth ?? 48,
        enableHiding: column.hideable ?? true,
      })),
    [columns],
  );
  return useReactTable<Row>({
    data: none,
    columns: definitions,
    getCoreRowModel: getCoreRowModel(),
    columnResizeMode: "onChange",
    enableColumnResizing: state !== undefined,
    ...(state && {
      state: {
        columnVisibility: state.visibility,
        columnOrder: state.order,
        columnSizing: state.sizing,
        columnPinning: state.pinning,
      },
      onColumnVisibilityChange: (updater) => state.set("visibility", updater),
      onColumnOrderChange: (updater) => state.set("order", updater),
      onColumnSizingChange: (updater) => state.set("sizing", updater),
      onColumnPinningChange: (updater) => state.set("pinning", updater),
    }),
  });
}
