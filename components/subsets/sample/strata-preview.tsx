"use client";

import { cn } from "@/components/ui/cn";
import { Figure } from "@/components/ui/figure";
import { Input } from "@/components/ui/input";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { StratifyBy, Stratum } from "@/contracts/subsets";
import { stratumWords } from "./sample-draft";

type StrataPreviewProps = {
  strata: readonly Stratum[];
  by: StratifyBy | undefined;
  /** The figures belong to what was asked before. */
  old: boolean;
  /** Sizes typed by hand, by the JSON text of a stratum's value; null: they follow from the allocation. */
  given: Readonly<Record<string, string>> | null;
  onGive: (key: string, size: string) => void;
};

/** How many records each stratum has, how many of them the sample takes, and with which chance. */
export function StrataPreview({ strata, by, old, given, onGive }: StrataPreviewProps) {
  return (
    <div className={cn("max-h-64 overflow-y-auto", old && "opacity-60")} aria-busy={old || undefined}>
      <Table label="Strata of the sample">
        <TableHead>
          <TableRow>
            <ColumnHead>{by ? "Stratum" : "Drawn from"}</ColumnHead>
            <ColumnHead numeric>Records</ColumnHead>
            <ColumnHead numeric>In the sample</ColumnHead>
            <ColumnHead numeric>Chance of each</ColumnHead>
          </TableRow>
        </TableHead>
        <TableBody>
          {strata.map(({ value, records, sampled, inclusion }) => {
            const key = JSON.stringify(value);
            const words = stratumWords(value, by);
            const typed = given?.[key] ?? "";
            const number = /^\d{1,7}$/.test(typed) ? Number(typed) : 0;
            return (
              <TableRow key={key}>
                <TableCell className="max-w-64 truncate">{words}</TableCell>
                <TableCell numeric>
                  <Figure value={records} />
                </TableCell>
                <TableCell numeric>
                  {given ? (
                    <Input
                      aria-label={`In the sample of ${words}`}
                      aria-invalid={number > records || undefined}
                      inputMode="numeric"
                      className="w-20 text-right"
                      placeholder="0"
                      value={typed}
                      onChange={(event) => onGive(key, event.target.value.trim())}
                    />
                  ) : (
                    <Figure value={sampled} />
                  )}
                </TableCell>
                <TableCell numeric>
                  <Figure as="share" value={given ? Math.min(1, number / records) : inclusion} />
                </TableCell>
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
    </div>
  );
}
