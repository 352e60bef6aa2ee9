import { Figure } from "@/components/ui/figure";
import { OptionMark } from "@/components/ui/option-chip";
import { optionLook } from "@/components/ui/option-look";
import type { LabelDefinition } from "@/contracts/label-schema";

type LabelSharesProps = { label: LabelDefinition; counts: Readonly<Record<string, number>> };

/** How often the agent gave each option, in the schema's order. */
export function LabelShares({ label, counts }: LabelSharesProps) {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    <dl className="grid max-w-2xl grid-cols-[minmax(6rem,auto)_1fr_auto_4rem] items-center gap-x-3 gap-y-1.5">
      {label.options.map(({ value }) => {
        const count = counts[value] ?? 0;
        const { text, color } = optionLook(label, value);
        return (
          <div key={value} className="contents">
            <dt className="flex items-center gap-2">
              <OptionMark color={color} />
              {text}
            </dt>
            <dd aria-hidden data-option={color} className="h-2 rounded-sm bg-raised">
              <span
                className="block h-full rounded-sm bg-option"
                style={{ width: `${total > 0 ? (100 * count) / total : 0}%` }}
              />
            </dd>
            <dd className="text-right">
              <Figure value={count} />
            </dd>
            <dd className="text-right text-muted">
              <Figure value={total > 0 ? count / total : null} as="share" reason="There is no label yet" />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
