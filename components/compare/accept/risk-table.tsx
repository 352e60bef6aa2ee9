"use client";

import { Figure, useFormat } from "@/components/ui/figure";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { AcceptPlan } from "@/contracts/acceptance";
import { toldSteps } from "./accept-words";

type RiskTableProps = Pick<AcceptPlan, "curve" | "threshold"> & { name: string };

/** The numbers of the curve, at some of its steps. */
export function RiskTable({ curve, threshold, name }: RiskTableProps) {
  const format = useFormat();
  return (
    <Table label={`Errors among accepted labels, ${name}`}>
      <TableHead>
        <TableRow>
          <ColumnHead numeric>Confidence from</ColumnHead>
          <ColumnHead numeric>Accepted</ColumnHead>
          <ColumnHead numeric>Checked</ColumnHead>
          <ColumnHead numeric>Wrong</ColumnHead>
          <ColumnHead numeric>95% Wilson</ColumnHead>
          <ColumnHead numeric>At most</ColumnHead>
        </TableRow>
      </TableHead>
      <TableBody>
        {toldSteps(curve, threshold).map((step) => (
          <TableRow key={step.threshold} selected={step.threshold === threshold}>
            <TableCell numeric>{format.decimal(step.threshold, 3)}</TableCell>
            <TableCell numeric className="whitespace-nowrap">
              {format.count(step.accepted)} ({format.share(step.coverage, 0)})
            </TableCell>
            <TableCell numeric>
              <Figure value={step.checked} />
            </TableCell>
            <TableCell numeric className="whitespace-nowrap">
              {format.count(step.errors)}
              {step.risk === null ? "" : ` (${format.share(step.risk)})`}
            </TableCell>
            <TableCell numeric className="whitespace-nowrap text-muted">
              {step.interval ? format.range(...step.interval) : "n/a"}
            </TableCell>
            <TableCell numeric>
              <Figure
                value={step.checked > 0 ? step.bound : null}
                as="share"
                reason="None of them was checked"
              />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
