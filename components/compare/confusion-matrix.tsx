"use client";

import Link from "next/link";
import { recordsHref } from "@/components/query/records-address";
import { cn } from "@/components/ui/cn";
import { useFormat } from "@/components/ui/figure";
import { OverflowBox } from "@/components/ui/overflow-box";
import type { CompareResult } from "@/contracts/compare";
import type { LabelDefinition } from "@/contracts/label-schema";
import { type CellContext, cellQuery } from "./cell-query";
import { ValueWords, valueText } from "./value-words";

type ConfusionMatrixProps = {
  project: string;
  label: LabelDefinition;
  annotator: CompareResult["annotators"][number];
  name: string;
  context: CellContext;
};

/** Gold in rows, what was given in columns; each count leads to its records. */
export function ConfusionMatrix({ project, label, annotator, name, context }: ConfusionMatrixProps) {
  const format = useFormat();
  const { rows, columns } = axesOf(annotator.confusion, label);
  const hrefOf = (gold: string, given: string) => {
    const { query, exact } = cellQuery(context, { annotatorId: annotator.id, gold, given });
    return { href: recordsHref(project, { query }), exact };
  };
  return (
    <OverflowBox label={`Confusion matrix of ${name}`}>
      <table className="border-separate border-spacing-0.5 text-sm">
        <caption className="pb-1 text-left text-faint text-xs">
          Rows: gold. Columns: what {name} gave. A count opens its records.
        </caption>
        <thead>
          <tr>
            <td />
            {columns.map((given) => (
              <th key={given} scope="col" className="px-2 py-1 text-right font-normal text-muted text-xs">
                <ValueWords label={label} valueKey={given} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((gold) => (
            <tr key={gold}>
              <th scope="row" className="px-2 py-1 text-left font-normal text-muted text-xs">
                <ValueWords label={label} valueKey={gold} />
              </th>
              {columns.map((given) => {
                const count = annotator.confusion[gold]?.[given] ?? 0;
                const { href, exact } = hrefOf(gold, given);
                const words = `${format.count(count)} with gold ${valueText(label, gold)} given ${valueText(label, given)}`;
                return (
                  <td key={given} className="p-0">
                    {count === 0 ? (
                      <span className="tabular flex h-row min-w-16 items-center justify-end px-2 text-faint">
                        0
                      </span>
                    ) : (
                      <Link
                        href={href}
                        aria-label={exact ? words : `${words}; opens all that were given it`}
                        title={
                          exact
                            ? undefined
                            : `Opens all records given ${valueText(label, given)}, whatever gold says`
                        }
                        className={cn(
                          "tabular flex h-row min-w-16 items-center justify-end rounded-sm px-2 hover:underline",
                          gold === given ? "bg-good-soft font-medium" : "bg-bad-soft",
                        )}
                      >
                        {format.count(count)}
                      </Link>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </OverflowBox>
  );
}

/** The options in the order of the schema, then every other value that occurs. */
function axesOf(confusion: ConfusionMatrixProps["annotator"]["confusion"], label: LabelDefinition) {
  const order = label.options.map(({ value }) => value);
  const sorted = (keys: string[]) => {
    const others = keys.filter((key) => !order.includes(key)).sort();
    const known = label.multi ? order.filter((key) => keys.includes(key)) : order;
    return [...known, ...others];
  };
  return {
    rows: sorted(Object.keys(confusion)).filter((key) => confusion[key] || !label.multi),
    columns: sorted([...new Set(Object.values(confusion).flatMap((row) => Object.keys(row)))]),
  };
}
