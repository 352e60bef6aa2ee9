import { lookOf, optionLooks } from "@/components/labelling/label-options";
import { ConfidenceBar } from "@/components/ui/confidence-bar";
import { OptionChip } from "@/components/ui/option-chip";
import type { LabelDefinition } from "@/contracts/label-schema";
import { TextOffsets } from "@/contracts/text-offsets";
import type { SpanBorders } from "./types";

type FoundSpan = SpanBorders & { value: readonly string[]; conf?: number | null };

type FoundSpansProps = {
  text: string;
  /** Of one label, in the order of the text. */
  spans: readonly FoundSpan[];
  /** Undefined: the schema has lost it. */
  label: LabelDefinition | undefined;
  /** How many are listed before the others are only counted. */
  most?: number;
};

/** What an agent found in a text, without the text: the words of each span with its options. */
export function FoundSpans({ text, spans, label, most = Number.POSITIVE_INFINITY }: FoundSpansProps) {
  if (spans.length === 0) return <span className="text-muted">Found none</span>;
  const offsets = new TextOffsets(text);
  const looks = label ? optionLooks(label) : [];
  const listed = spans.slice(0, most);
  return (
    <ul className="flex flex-col gap-1">
      {listed.map(({ start, end, value, conf }) => (
        <li key={`${start} ${end}`} className="flex flex-wrap items-center gap-1.5">
          <span className="wrap-anywhere">{offsets.slice(start, end).replace(/\s+/gu, " ")}</span>
          {value.map((one) => {
            const look = lookOf(looks, one);
            return <OptionChip key={one} color={look.color} text={look.text} variant="outlined" />;
          })}
          {typeof conf === "number" ? <ConfidenceBar value={conf} /> : null}
        </li>
      ))}
      {spans.length > listed.length ? (
        <li className="text-muted text-xs">and {spans.length - listed.length} more</li>
      ) : null}
    </ul>
  );
}
