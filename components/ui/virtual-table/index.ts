export { ColumnMenu } from "./column-menu";
export type { Selection, Sort, VirtualColumn } from "./types";
export { type ColumnState, useColumnState } from "./use-column-state";
export { VirtualTable } from "./virtual-table";
