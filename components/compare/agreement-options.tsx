"use client";

import { Figure } from "@/components/ui/figure";
import { OptionMark } from "@/components/ui/option-chip";
import { optionLook } from "@/components/ui/option-look";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { Agreement } from "@/contracts/agreement";
import type { LabelDefinition } from "@/contracts/label-schema";
import { CoefficientFigure } from "./coefficient-figure";

type AgreementOptionsProps = { label: LabelDefinition; options: Agreement["perOption"] };

/** On which options they agree: α of giving each or not. */
export function AgreementOptions({ label, options }: AgreementOptionsProps) {
  return (
    <Table label="Agreement on each option" className="max-w-2xl">
      <TableHead>
        <TableRow>
          <ColumnHead>Option</ColumnHead>
          <ColumnHead>Alpha of giving it or not</ColumnHead>
          <ColumnHead numeric>Labels</ColumnHead>
        </TableRow>
      </TableHead>
      <TableBody>
        {options.map(({ value, given, alpha }) => {
          const { text, color } = optionLook(label, value);
          return (
            <TableRow key={value}>
              <TableCell>
                <span className="inline-flex items-center gap-1.5">
                  <OptionMark color={color} />
                  {text}
                </span>
              </TableCell>
              <TableCell>
                <CoefficientFigure coefficient={alpha} />
              </TableCell>
              <TableCell numeric>
                <Figure value={given} />
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}
