import { OptionMark } from "@/components/ui/option-chip";
import { optionLook } from "@/components/ui/option-look";
import type { LabelDefinition } from "@/contracts/label-schema";
import { optionsOfKey } from "@/contracts/value-key";

/** A value by the texts of its options, each with its mark. */
export function ValueWords({ label, valueKey }: { label: LabelDefinition; valueKey: string }) {
  const options = optionsOfKey(valueKey);
  if (options.length === 0) return <span className="text-faint">none</span>;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      {options.map((option) => {
        const { text, color } = optionLook(label, option);
        return (
          <span key={option} className="inline-flex items-center gap-1.5 whitespace-nowrap">
            <OptionMark color={color} />
            {text}
          </span>
        );
      })}
    </span>
  );
}

/** The same as plain text. */
export const valueText = (label: LabelDefinition, valueKey: string): string =>
  optionsOfKey(valueKey)
    .map((option) => optionLook(label, option).text)
    .join(", ") || "none";
