"use client";

import { Figure } from "@/components/ui/figure";
import { Interval } from "@/components/ui/interval";
import { OptionMark } from "@/components/ui/option-chip";
import { optionLook } from "@/components/ui/option-look";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { LabelEstimate } from "@/contracts/estimates";
import type { LabelDefinition } from "@/contracts/label-schema";
import { methodWords } from "./estimate-words";

/** How often each option is right, beside how often the agent gave it. */
export function EstimatedShares({ estimate, label }: { estimate: LabelEstimate; label: LabelDefinition }) {
  const reason = estimate.reason ?? undefined;
  return (
    <div className="max-w-3xl">
      <Table label={`How often each option of ${label.name} is given and is right`}>
        <TableHead>
          <TableRow>
            <ColumnHead>Option</ColumnHead>
            <ColumnHead numeric>Given by the agent</ColumnHead>
            <ColumnHead>Right, of all labels</ColumnHead>
          </TableRow>
        </TableHead>
        <TableBody>
          {estimate.shares.map(({ value, share, interval, method, raw }) => {
            const { text, color } = optionLook(label, value);
            const [low, high] = interval ?? [0, 1];
            return (
              <TableRow key={value}>
                <TableCell>
                  <span className="flex items-center gap-2">
                    <OptionMark color={color} />
                    {text}
                  </span>
                </TableCell>
                <TableCell numeric>
                  <Figure value={raw} as="share" reason="The job has no labels" />
                </TableCell>
                <TableCell>
                  <Interval
                    value={share === null ? null : { point: share, low, high }}
                    n={estimate.n}
                    {...(reason ? { reason } : {})}
                    {...(method ? { method: methodWords[method] } : {})}
                  />
                </TableCell>
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
    </div>
  );
}
