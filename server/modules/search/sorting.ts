import type { Sql } from "@/server/platform/sql";

/** One column of the order. Never null, so that a page's end is one comparison of columns with values. */
export type SortColumn = {
  expression: Sql;
  /** PostgreSQL's type, through whose text form a value travels in the cursor without loss. */
  type: "int" | "bigint" | "float8" | "numeric" | "text" | "timestamptz";
  order: "asc" | "desc";
};

/** The columns of an order, and the joins to `r` that they read. */
export type Sorting = { joins: Sql[]; columns: SortColumn[] };

/** A run of consecutive records of an order, in which the first columns have one value. */
export type SortPart = Sorting & {
  /** Which records; null: all. */
  condition: Sql | null;
  /** The values of the first columns, which `columns` leaves out. */
  fixed: readonly string[];
  /** Where many records may share one value of the first column: a table of those values, by an index. */
  ties?: { value: Sql; from: Sql };
};
