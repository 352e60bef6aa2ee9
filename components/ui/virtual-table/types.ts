import type { ReactNode } from "react";

export type VirtualColumn<Row> = {
  /** Stable: widths, order and visibility are remembered under it. */
  id: string;
  /** The head's words, also in the column menu. */
  header: string;
  cell: (row: Row) => ReactNode;
  /** Pixels; 160 when absent. */
  width?: number;
  minWidth?: number;
  /** Takes the width that is left over; one column has it, usually the text. */
  grow?: boolean;
  /**
   * Where there is no room for all widths: the pixels that it keeps, or that it is left out. The growing column is the
   * last to give way. Its cells are containers, which a cell may ask how wide it is.
   */
  narrow?: number | "hidden";
  /** Numbers stand right. */
  numeric?: boolean;
  sortable?: boolean;
  /** False for the column without which a row can't be told. */
  hideable?: boolean;
};

export type Sort = { id: string; descending: boolean };

/** One end of a list that loads page by page. */
export type Edge = {
  hasMore: boolean;
  loading: boolean;
  /** Asked for once while it isn't loading and the end is near. */
  load: () => void;
  /** Why the last page did not come; shown with a retry. */
  failed?: string | undefined;
};

export type Selection = {
  selected: ReadonlySet<string>;
  onChange: (selected: ReadonlySet<string>) => void;
};

export type RowDecoration = {
  /** Colour number of the person who holds the row: a bar at its left edge. The name belongs into a cell. */
  person?: number | undefined;
  /** A peer's change, e.g. its time: each new value glows once. Leave it out once it is old, or scrolling replays it. */
  glow?: string | number | undefined;
};
