import { type Decision, type DocumentMap, decision, type SpanMark, spanMark } from "@/contracts/live";

/** What a person writes into a live document: a decision about a job's label, or a span of their own. */
export type Mark = Decision | SpanMark;

/**
 * A page keeps both kinds in one store, so that outbox, undo and saved state treat them alike. In it, and in the
 * browser's storage, the key of a span carries this prefix.
 */
const SPAN_PREFIX = "span:";

/** The page's key of a value of one of the maps. */
export const pageKey = (map: DocumentMap, key: string): string =>
  map === "spans" ? `${SPAN_PREFIX}${key}` : key;

/** Where a page's key stands in the document. */
export function placeOf(key: string): { map: DocumentMap; key: string } {
  return key.startsWith(SPAN_PREFIX)
    ? { map: "spans", key: key.slice(SPAN_PREFIX.length) }
    : { map: "decisions", key };
}

/** A value of a live document, or null when it is none of ours. */
export function readMark(map: DocumentMap, value: unknown): Mark | null {
  return (map === "spans" ? spanMark.safeParse(value).data : decision.safeParse(value).data) ?? null;
}

export const isSpanMark = (mark: Mark): mark is SpanMark => "recordId" in mark;

type Stamped = { by: string; at: string; restoredBy?: string };

/** Whether two values are one and the same act of a person. */
export const isSameMark = (a: Stamped | null | undefined, b: Stamped | null | undefined): boolean =>
  a?.by === b?.by && a?.at === b?.at && a?.restoredBy === b?.restoredBy;

/** Who made another's decision stand again, if it was somebody. */
export const restorer = (mark: Stamped | null | undefined): string | undefined => mark?.restoredBy;
