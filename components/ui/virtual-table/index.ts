export { ColumnMenu } from "./column-menu";
export type { Edge, RowDecoration, Selection, Sort, VirtualColumn } from "./types";
export { type ColumnState, useColumnState } from "./use-column-state";
export { VirtualTable, type VirtualTableProps } from "./virtual-table";
