import type { Query } from "@/contracts/query";

/** Records chosen one by one, or everything that the search finds but some. */
export type Chosen =
  | { kind: "listed"; ids: ReadonlySet<string> }
  | { kind: "found"; except: ReadonlySet<string> };

/** As many records as one request can list. */
export const MAX_LISTED = 10_000;

export const noneChosen: Chosen = { kind: "listed", ids: new Set() };
export const allChosen: Chosen = { kind: "found", except: new Set() };

export const isChosen = (chosen: Chosen, id: string): boolean =>
  chosen.kind === "listed" ? chosen.ids.has(id) : !chosen.except.has(id);

/** The choice with records chosen, or not chosen. */
export function withChosen(chosen: Chosen, ids: readonly string[], on: boolean): Chosen {
  const listed = new Set(chosen.kind === "listed" ? chosen.ids : chosen.except);
  const adds = (chosen.kind === "listed") === on;
  for (const id of ids)
    if (adds) listed.add(id);
    else listed.delete(id);
  return chosen.kind === "listed" ? { kind: "listed", ids: listed } : { kind: "found", except: listed };
}

/** Whether the choice can be sent: a request lists at most {@link MAX_LISTED} records. */
export const canList = (chosen: Chosen): boolean =>
  (chosen.kind === "listed" ? chosen.ids : chosen.except).size <= MAX_LISTED;

/** How many records are chosen of the `total` that the search finds; a lower bound when that is one. */
export const countChosen = (chosen: Chosen, total: number): number =>
  chosen.kind === "listed" ? chosen.ids.size : Math.max(0, total - chosen.except.size);

/** What the box above the rows shows. */
export function headState(chosen: Chosen, total: number): boolean | "indeterminate" {
  if (chosen.kind === "found") return chosen.except.size === 0 ? true : "indeterminate";
  if (chosen.ids.size === 0) return false;
  return chosen.ids.size === total ? true : "indeterminate";
}

/** What a bulk action is told. */
export function bulkSet(
  chosen: Chosen,
  query: Query | null,
): { recordIds: string[] } | { query: Query | Record<string, never>; except: string[] } {
  return chosen.kind === "listed"
    ? { recordIds: [...chosen.ids] }
    : { query: query ?? {}, except: [...chosen.except] };
}

/** The choice as a query; null is every record. */
export function chosenQuery(chosen: Chosen, query: Query | null): Query | null {
  if (chosen.kind === "listed") return { ids: [...chosen.ids] };
  if (chosen.except.size === 0) return query;
  const others: Query = { not: { ids: [...chosen.except] } };
  return query === null ? others : { and: [query, others] };
}
