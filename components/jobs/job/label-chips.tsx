import { OptionChip } from "@/components/ui/option-chip";
import { optionLook } from "@/components/ui/option-look";
import type { LabelDefinition } from "@/contracts/label-schema";

type LabelChipsProps = { label: LabelDefinition | undefined; value: readonly string[] };

/** What the agent gave, outlined: nobody has settled it yet. */
export function LabelChips({ label, value }: LabelChipsProps) {
  return (
    <span className="flex min-w-0 gap-1">
      {value.map((given) => {
        const { text, color } = label ? optionLook(label, given) : { text: given, color: 1 };
        return <OptionChip key={given} variant="outlined" color={color} text={text} />;
      })}
    </span>
  );
}
