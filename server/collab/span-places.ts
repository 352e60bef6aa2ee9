import type { SpanMark } from "@/contracts/live";
import type { StandingLabel } from "@/server/modules/verification";

/** Where spans stand while a commit is judged: of the rows, and of what was accepted since. */
export type SpanPlaces = {
  /** Whose label has this id, where there is one. */
  holder(key: string): StandingLabel | undefined;
  /** The key of a person's span at these borders. */
  at(mark: SpanMark): string | undefined;
  /** Counts keys of the document: of this person in this record and in all, and of everybody. */
  count(mark: SpanMark): { ofRecord: number; ofPerson: number; ofRoom: number };
  /** Takes over what was accepted. */
  note(key: string, mark: SpanMark, isNew: boolean): void;
};

type Place = { recordId: string; annotatorId: string; start: number; end: number };

const nameOf = ({ recordId, annotatorId, start, end }: Place) => `${recordId} ${annotatorId} ${start} ${end}`;
const placeOf = ({ recordId, by, start, end }: SpanMark) => nameOf({ recordId, annotatorId: by, start, end });

/**
 * The places of spans while one commit is judged.
 * @param rows what the rows hold of the people and records that the commit is about
 * @param marks all values of the document's spans; walked through once, when a new one is to be counted
 */
export function createSpanPlaces(rows: readonly StandingLabel[], marks: () => Iterable<unknown>): SpanPlaces {
  const byKey = new Map<string, StandingLabel>();
  const byPlace = new Map<string, string>();
  for (const row of rows) {
    byKey.set(row.id, row);
    byPlace.set(nameOf(row), row.id);
  }
  let counts: Map<string, number> | null = null;
  const add = (to: Map<string, number>, recordId: string, by: string) => {
    for (const name of ["", by, `${by} ${recordId}`]) to.set(name, (to.get(name) ?? 0) + 1);
  };
  function counted(): Map<string, number> {
    if (counts) return counts;
    counts = new Map();
    for (const mark of marks()) if (isCommitted(mark)) add(counts, mark.recordId, mark.by);
    return counts;
  }
  return {
    holder: (key) => byKey.get(key),
    at: (mark) => byPlace.get(placeOf(mark)),
    count({ recordId, by }) {
      const all = counted();
      const of = (name: string) => all.get(name) ?? 0;
      return { ofRecord: of(`${by} ${recordId}`), ofPerson: of(by), ofRoom: of("") };
    },
    note(key, mark, isNew) {
      const before = byKey.get(key);
      if (before && byPlace.get(nameOf(before)) === key) byPlace.delete(nameOf(before));
      if (isNew) add(counted(), mark.recordId, mark.by);
      if (mark.value.length === 0) return void byKey.delete(key);
      const { recordId, by: annotatorId, label, start, end } = mark;
      byKey.set(key, { id: key, recordId, annotatorId, label, start, end });
      byPlace.set(placeOf(mark), key);
    },
  };
}

/** What is in the document was looked at when it came; here it is only told apart from anything else. */
const isCommitted = (value: unknown): value is Pick<SpanMark, "recordId" | "by"> =>
  typeof value === "object" && value !== null && "recordId" in value && "by" in value;
