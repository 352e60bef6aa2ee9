import { isSpanMark, type Mark } from "./marks";

/** What the server has committed to one document, by the page's keys, with the spans of each record. */
export type CommittedMarks = {
  get(key: string): Mark | undefined;
  /** null: nothing stands. */
  set(key: string, mark: Mark | null): void;
  clear(): void;
  /** Remembers of which record a span is that may not be committed yet. */
  note(key: string, mark: Mark): void;
  /** Keys of all spans that were ever noted of a record. */
  spanKeys(recordId: string): ReadonlySet<string>;
};

const NONE: ReadonlySet<string> = new Set();

export function createCommittedMarks(): CommittedMarks {
  const marks = new Map<string, Mark>();
  const spans = new Map<string, Set<string>>();
  const note = (key: string, mark: Mark): void => {
    if (isSpanMark(mark)) spans.set(mark.recordId, (spans.get(mark.recordId) ?? new Set()).add(key));
  };
  return {
    get: (key) => marks.get(key),
    set(key, mark) {
      if (!mark) return void marks.delete(key);
      marks.set(key, mark);
      note(key, mark);
    },
    clear: () => marks.clear(),
    note,
    spanKeys: (recordId) => spans.get(recordId) ?? NONE,
  };
}
