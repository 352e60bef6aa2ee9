import { OptionChip, optionColor } from "@/components/ui/option-chip";
import type { LabelDefinition } from "@/contracts/label-schema";

type LabelChipsProps = { label: LabelDefinition | undefined; value: readonly string[] };

/** What the agent gave, outlined: nobody has settled it yet. */
export function LabelChips({ label, value }: LabelChipsProps) {
  return (
    <span className="flex min-w-0 gap-1">
      {value.map((given) => {
        const place = label?.options.findIndex((option) => option.value === given) ?? -1;
        const option = label?.options[place];
        const color = option?.color === undefined ? optionColor(Math.max(0, place)) : option.color + 1;
        return <OptionChip key={given} variant="outlined" color={color} text={option?.text ?? given} />;
      })}
    </span>
  );
}
