import type { NewSpan, SpanBorders, SpanChange, SpanLabel, SpanView } from "./types";

/** What marking a stretch comes to. */
export type Marking =
  | { kind: "add"; span: NewSpan }
  /** The label's span with these borders gets the option instead, or as well. */
  | { kind: "change"; id: string; change: SpanChange }
  /** It says so already. */
  | { kind: "there"; id: string };

/** Marks a stretch with an option; a label never has two spans with the same borders of which one could do. */
export function markStretch(
  spans: readonly SpanView[],
  labels: readonly SpanLabel[],
  { start, end }: SpanBorders,
  brush: { label: string; value: string },
): Marking {
  const same = spans.filter((span) => span.label === brush.label && span.start === start && span.end === end);
  const marked = same.find(({ value }) => value.includes(brush.value));
  if (marked) return { kind: "there", id: marked.id };
  const own = same.find(({ editable = true }) => editable);
  if (!own) return { kind: "add", span: { label: brush.label, value: [brush.value], start, end } };
  return { kind: "change", id: own.id, change: withOption(own, labels, brush.value) };
}

/** A span after its option was chosen: of a label of several options it is put in, or taken out unless it is the last. */
export function withOption(span: SpanView, labels: readonly SpanLabel[], option: string): SpanChange {
  const { start, end, value } = span;
  const multi = labels.find(({ name }) => name === span.label)?.multi === true;
  if (!multi) return { start, end, value: [option] };
  if (!value.includes(option)) return { start, end, value: [...value, option] };
  return { start, end, value: value.length > 1 ? value.filter((one) => one !== option) : [...value] };
}

/** Whether a change changes anything. */
export function differs(span: SpanView, change: SpanChange): boolean {
  const values = (value: readonly string[]) => JSON.stringify([...value].sort());
  return (
    span.start !== change.start || span.end !== change.end || values(span.value) !== values(change.value)
  );
}
