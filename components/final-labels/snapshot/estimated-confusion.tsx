"use client";

import { useState } from "react";
import { ValueWords } from "@/components/compare/value-words";
import { Figure } from "@/components/ui/figure";
import { OverflowBox } from "@/components/ui/overflow-box";
import { Select } from "@/components/ui/select";
import type { AggregationModel } from "@/contracts/aggregation";
import type { LabelDefinition } from "@/contracts/label-schema";

type EstimatedConfusionProps = { annotators: AggregationModel["annotators"]; label: LabelDefinition };

/** What one annotator is estimated to give for each true value, in shares; nothing where no such table was kept. */
export function EstimatedConfusion({ annotators, label }: EstimatedConfusionProps) {
  const told = annotators.filter(({ confusion }) => confusion !== null);
  const [chosen, choose] = useState(told[0]?.id);
  const shown = told.find(({ id }) => id === chosen) ?? told[0];
  if (!shown?.confusion) return null;
  const { confusion } = shown;
  const truths = Object.keys(confusion);
  const given = [...new Set(Object.values(confusion).flatMap((row) => Object.keys(row)))];
  const columns = [...truths, ...given.filter((value) => !truths.includes(value))];
  return (
    <div className="flex flex-col items-start gap-2">
      <Select
        aria-label="Whose confusions"
        options={told.map(({ id, name }) => ({ value: id, label: name }))}
        value={shown.id}
        onValueChange={choose}
      />
      <OverflowBox label={`What ${shown.name} is estimated to give`}>
        <table className="border-separate border-spacing-0.5 text-sm">
          <caption className="pb-1 text-left text-faint text-xs">
            Rows: estimated truth. Columns: what {shown.name} gave there, in shares.
          </caption>
          <thead>
            <tr>
              <td />
              {columns.map((value) => (
                <th key={value} scope="col" className="px-2 py-1 text-right font-normal text-muted text-xs">
                  <ValueWords label={label} valueKey={value} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {truths.map((truth) => (
              <tr key={truth}>
                <th scope="row" className="px-2 py-1 text-left font-normal text-muted text-xs">
                  <ValueWords label={label} valueKey={truth} />
                </th>
                {columns.map((value) => (
                  <td key={value} className="h-row min-w-16 px-2 text-right">
                    <Figure
                      value={confusion[truth]?.[value] ?? 0}
                      as="share"
                      className={truth === value ? "font-medium" : "text-muted"}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </OverflowBox>
    </div>
  );
}
