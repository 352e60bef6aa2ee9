import type { z } from "zod";
import type { OptionLook } from "@/components/labelling/label-options";
import type { annotatorKind } from "@/contracts/records";
import type { VerdictStatus } from "@/contracts/verifications";

/** A stretch of a text: code points from 0, end exclusive, as labels are stored. */
export type SpanBorders = { start: number; end: number };

/** A label of spans as it is drawn and marked with; `options` from `optionLooks(definition)`. */
export type SpanLabel = { name: string; multi: boolean; options: readonly OptionLook[] };

/** What selecting text marks it as; without a value it marks nothing until an option is chosen. */
type SpanBrush = { label: string; value: string | null };

/** What a person said of an annotator's span; `value` and borders of the span are those that stand since. */
export type SpanVerdict = {
  status: VerdictStatus;
  by: string;
  /** What a correction replaced. */
  replaced: (SpanBorders & { value: readonly string[] }) | null;
  /** True until the server has made it durable. */
  unsaved?: boolean;
};

/** One span as it stands now. */
export type SpanView = SpanBorders & {
  id: string;
  label: string;
  /** Option values; empty: a person said that this is no span. */
  value: readonly string[];
  by: { kind: z.infer<typeof annotatorKind>; name: string };
  conf: number | null;
  /** The last person's word on it; null: nobody's yet, or a person's own span. */
  verdict: SpanVerdict | null;
  /** False where the reader may not change it; true when left out. */
  editable?: boolean;
  /** What stands against it, in a short sentence: "Bo marked this as PERSON". */
  conflict?: string;
  /** True until the server has made it durable. */
  unsaved?: boolean;
};

/** A span that a person marks. */
export type NewSpan = SpanBorders & { label: string; value: string[] };

/** What becomes of a span: all of it, also what stays the same. */
export type SpanChange = SpanBorders & { value: string[] };

/** What a person can do to the spans of one text. None of them is called while `readOnly`. */
export type SpanActions = {
  onAdd(span: NewSpan): void;
  /** Other borders or options; a label that had none, as a person said that it is no span, gets one. */
  onChange(id: string, change: SpanChange): void;
  onRemove(id: string): void;
  /** Takes an agent's span as it is. Left out where spans have nothing to confirm. */
  onConfirm?(id: string): void;
  /** Takes back what a person said of an agent's span. Left out where nobody judges. */
  onClear?(id: string): void;
};

/** Kept from record to record; made by `useSpanBrush`. */
export type BrushState = {
  brush: SpanBrush;
  onBrush(brush: SpanBrush): void;
  /** Whether borders snap to whole words. */
  wordSnapping: boolean;
  onWordSnapping(on: boolean): void;
};

/** One text with its spans, and what may be done to them. */
export type SpanDocument = {
  text: string;
  spans: readonly SpanView[];
  labels: readonly SpanLabel[];
  /** Nothing may be done; spans can still be selected and read. */
  readOnly?: boolean;
  actions: SpanActions;
  brush: BrushState;
  /** The selected span where the page says which: it then also goes on after a verdict. Left out: the editor's own. */
  selectedId?: string | null;
  /** Told which span a person selects. */
  onSelected?(id: string | null): void;
};
