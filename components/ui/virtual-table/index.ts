export { ColumnMenu } from "./column-menu";
export { type ColumnState, changedView, columnsOf } from "./column-state";
export { PagedTable } from "./paged-table";
export type { RowDecoration, Selection, Sort, VirtualColumn } from "./types";
export type { RowChoice } from "./use-row-focus";
export { VirtualTable } from "./virtual-table";
