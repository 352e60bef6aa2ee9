import type { SpanChange, SpanVerdict, SpanView } from "@/components/spans/types";
import type { DecisionChange, LiveSpan, LiveVerdict } from "@/components/verification/live/types";
import type { SessionItem } from "@/contracts/sessions";

/** A span of a job as an item of a session: it has a place. */
export type SpanItem = SessionItem & { start: number; end: number };

/** An item without a place says that the job found no span in the record. */
export const isSpanItem = (item: SessionItem): item is SpanItem => item.start !== null && item.end !== null;

type Names = {
  me: string;
  nameOf: (userId: string) => string;
  jobNameOf: (jobId: string) => string;
  optionText: (value: string) => string;
};

type RecordSpansInput = Names & {
  /** The session's label. */
  label: string;
  /** Items of one record. */
  items: readonly SessionItem[];
  verdictOf: (annotationId: string) => LiveVerdict | null;
  /** Spans that people marked in the record. */
  marked: readonly LiveSpan[];
};

/** The spans of one record as they stand: the jobs' with what was decided on them, and those that people marked. */
export function recordSpans(input: RecordSpansInput): SpanView[] {
  const { label, items, verdictOf, marked, me, nameOf, jobNameOf } = input;
  const ofJobs = items.filter(isSpanItem).map((item): SpanView => {
    const given = { value: item.value ?? [], start: item.start, end: item.end };
    const stands = standing(item, verdictOf(item.annotationId), input);
    const conflict = disagreement(item, input);
    return {
      id: item.annotationId,
      label,
      ...(stands?.correction ?? given),
      by: { kind: "job", name: jobNameOf(item.jobId) },
      conf: item.conf ?? null,
      verdict: stands && { ...stands.verdict, replaced: stands.correction ? given : null },
      ...(conflict ? { conflict } : {}),
    };
  });
  const ofPeople = marked.map(
    ({ key, value, start, end, by, unsaved }): SpanView => ({
      id: key,
      label,
      value,
      start,
      end,
      by: { kind: "user", name: by === me ? "you" : nameOf(by) },
      conf: null,
      verdict: null,
      editable: by === me,
      unsaved,
    }),
  );
  return [...ofJobs, ...ofPeople];
}

type Standing = { verdict: Omit<SpanVerdict, "replaced">; correction: SpanChange | null };

/** What stands for a job's span: the live document's word, else the row that came with the page. */
function standing(item: SpanItem, live: LiveVerdict | null, { me, nameOf }: Names): Standing | null {
  const { status, value, start, end } = live ?? item.verdict ?? { status: null, value: [] };
  if (!status) return null;
  const by = live?.by ?? item.verdict?.by.id ?? "";
  const borders = { start: start ?? item.start, end: end ?? item.end };
  return {
    verdict: { status, by: by === me ? "you" : nameOf(by), unsaved: live?.unsaved ?? false },
    correction: status === "CORRECTS" ? { value: [...value], ...borders } : null,
  };
}

/** Where each decides alone: what another said otherwise than the job, once one may see it. */
function disagreement(item: SpanItem, { optionText }: Names): string | null {
  const other = item.verdicts.find(({ status }) => status === "CORRECTS");
  if (!other) return null;
  if (other.value.length === 0) return `${other.by.name} took it out`;
  return `${other.by.name}: ${other.value.map(optionText).join(", ")}, characters ${other.start ?? item.start} to ${other.end ?? item.end}`;
}

/** The verdict that gives a job's span other options or borders; the job's own again confirm it. */
export function correcting(item: SpanItem, { value, start, end }: SpanChange): DecisionChange {
  const moved = start !== item.start || end !== item.end;
  const given = item.value ?? [];
  const same = value.length === given.length && value.every((one) => given.includes(one));
  return {
    annotationId: item.annotationId,
    room: item.room,
    status: same && !moved ? "CONFIRMS" : "CORRECTS",
    value: [...value],
    ...(moved ? { start, end } : {}),
  };
}

/** Says that it is no span. */
export const rejecting = (item: SessionItem): DecisionChange => ({
  annotationId: item.annotationId,
  room: item.room,
  status: "CORRECTS",
  value: [],
});

/** Takes it as the job gave it; of a record without spans, that there is none. */
export const accepting = (item: SessionItem): DecisionChange => ({
  annotationId: item.annotationId,
  room: item.room,
  status: "CONFIRMS",
  value: [...(item.value ?? [])],
});

/**
 * What marking a span in a record says of the jobs that found none there: that there is something. Only where nobody
 * has said so yet.
 */
export const foundAfterAll = (
  items: readonly SessionItem[],
  verdictOf: (annotationId: string) => LiveVerdict | null,
): DecisionChange[] =>
  items
    .filter((item) => {
      const status = (verdictOf(item.annotationId) ?? item.verdict)?.status;
      return !isSpanItem(item) && status !== "CORRECTS";
    })
    .map(rejecting);
