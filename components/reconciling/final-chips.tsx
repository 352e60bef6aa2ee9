import { lookOf, type OptionLook } from "@/components/labelling/label-options";
import { OptionChip } from "@/components/ui/option-chip";

type FinalChipsProps = {
  value: readonly string[];
  options: readonly OptionLook[];
  /** `filled` is what a person said. */
  variant: "outlined" | "filled";
};

/** A value as chips; an empty one says in words that there is none. */
export function FinalChips({ value, options, variant }: FinalChipsProps) {
  if (value.length === 0) return <span className="text-muted">No label here</span>;
  return (
    <span className="inline-flex min-w-0 flex-wrap gap-1">
      {value.map((one) => {
        const { color, text } = lookOf(options, one);
        return <OptionChip key={one} color={color} text={text} variant={variant} />;
      })}
    </span>
  );
}
