import { ValueWords } from "@/components/compare/value-words";
import { OptionChip } from "@/components/ui/option-chip";
import { optionLook } from "@/components/ui/option-look";
import type { FinalLabel } from "@/contracts/aggregation";
import type { LabelDefinition } from "@/contracts/label-schema";

/** The final value: filled where a person decided. A tie shows what it is between. */
export function FinalValue({ row, label }: { row: FinalLabel; label: LabelDefinition }) {
  if (row.value === null)
    return (
      <span className="inline-flex flex-wrap items-center gap-x-1.5 text-muted">
        {(row.tie ?? []).map((key, index) => (
          <span key={key} className="inline-flex items-center gap-x-1.5">
            {index > 0 ? "or" : null}
            <ValueWords label={label} valueKey={key} />
          </span>
        ))}
      </span>
    );
  const { source } = row.provenance;
  const variant = source === "reconciliation" || source === "verdict" ? "filled" : "outlined";
  return (
    <span className="inline-flex min-w-0 flex-wrap gap-1">
      {row.value.map((value) => (
        <OptionChip key={value} variant={variant} {...optionLook(label, value)} />
      ))}
    </span>
  );
}
