"use client";

import { Figure, useFormat } from "@/components/ui/figure";
import { optionLook } from "@/components/ui/option-look";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { LabelEstimate } from "@/contracts/estimates";
import type { LabelDefinition } from "@/contracts/label-schema";

type StrataTableProps = { strata: LabelEstimate["strata"]; label: LabelDefinition };

/** Of each kind of label how many there are, how many of them the figures rest on, and how many of these were right. */
export function StrataTable({ strata, label }: StrataTableProps) {
  const format = useFormat();
  const confidence = ({ confFrom, confTo }: StrataTableProps["strata"][number]) => {
    if (confFrom === null || confTo === null) return "none";
    const [from, to] = [format.decimal(confFrom), format.decimal(confTo)];
    return from === to ? from : `${from}–${to}`;
  };
  return (
    <Table label={`Labels of ${label.name} that were checked, by label and confidence`}>
      <TableHead>
        <TableRow>
          <ColumnHead>Given</ColumnHead>
          <ColumnHead>Confidence</ColumnHead>
          <ColumnHead numeric>Labels</ColumnHead>
          <ColumnHead numeric>Checked</ColumnHead>
          <ColumnHead numeric>Right</ColumnHead>
        </TableRow>
      </TableHead>
      <TableBody>
        {strata.map((stratum) => {
          const { predicted, confFrom, population, checked, correct } = stratum;
          return (
            <TableRow key={`${JSON.stringify(predicted)} ${confFrom}`}>
              <TableCell>{predicted.map((value) => optionLook(label, value).text).join(", ")}</TableCell>
              <TableCell className="tabular">{confidence(stratum)}</TableCell>
              <TableCell numeric>
                <Figure value={population} />
              </TableCell>
              <TableCell numeric>
                <Figure value={checked} />
              </TableCell>
              <TableCell numeric>
                <Figure value={checked === 0 ? null : correct} reason="None of these was checked" />
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}
