import type { Query } from "@/contracts/query";

/** Which records something is done with: what a query finds (`null`: every record), or those chosen. */
export type RecordSource = { query: Query | null } | { recordIds: readonly string[] };

/** The source as the API takes it when a subset is made. */
export const sourceInput = (source: RecordSource) =>
  "recordIds" in source ? { recordIds: [...source.recordIds] } : { query: source.query ?? {} };

/** The source as the API takes it when records are put into a subset. */
export const choiceInput = (source: RecordSource) =>
  "recordIds" in source ? [...source.recordIds] : { query: source.query ?? {} };
