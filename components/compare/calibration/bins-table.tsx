"use client";

import { Figure, useFormat } from "@/components/ui/figure";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { CalibrationBin } from "@/contracts/calibration";

/** The numbers of the diagram. */
export function BinsTable({ bins, name }: { bins: readonly CalibrationBin[]; name: string }) {
  const format = useFormat();
  return (
    <Table label={`Accuracy by confidence, ${name}`}>
      <TableHead>
        <TableRow>
          <ColumnHead>Confidence</ColumnHead>
          <ColumnHead numeric>On average</ColumnHead>
          <ColumnHead numeric>Right</ColumnHead>
          <ColumnHead numeric>95% Wilson</ColumnHead>
          <ColumnHead numeric>Labels</ColumnHead>
        </TableRow>
      </TableHead>
      <TableBody>
        {bins.map(({ from, to, n, meanConf, accuracy, interval: [low, high] }) => (
          <TableRow key={from}>
            <TableCell className="tabular whitespace-nowrap">
              {format.decimal(from, 3)}–{format.decimal(to, 3)}
            </TableCell>
            <TableCell numeric>
              <Figure value={meanConf} as="share" />
            </TableCell>
            <TableCell numeric>
              <Figure value={accuracy} as="share" />
            </TableCell>
            <TableCell numeric className="whitespace-nowrap text-muted">
              {format.range(low, high)}
            </TableCell>
            <TableCell numeric>
              <Figure value={n} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
