"use client";

import { Download } from "lucide-react";
import { buttonVariants } from "@/components/ui/button";
import { useFormat } from "@/components/ui/figure";
import { Section } from "@/components/ui/section";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { ImportRun } from "@/contracts/imports";

const SHOWN = 200;

/** Every row that was refused, with its line; the whole list as a file. */
export function RefusedRows({ project, run }: { project: string; run: ImportRun }) {
  const format = useFormat();
  const shown = run.errors.slice(0, SHOWN);
  const rest = run.refused - shown.length;
  return (
    <Section
      title={run.refused === 1 ? "1 refused row" : `${format.count(run.refused)} refused rows`}
      description="Put them right in the file and import it again: rows that are in already are skipped."
      actions={
        <a
          href={`/api/files/${project}/imports/${run.id}/errors`}
          download
          className={buttonVariants({ variant: "secondary" })}
        >
          <Download aria-hidden />
          Download all
        </a>
      }
    >
      <Table label="Refused rows">
        <TableHead>
          <TableRow>
            <ColumnHead numeric>Line</ColumnHead>
            <ColumnHead>Id</ColumnHead>
            <ColumnHead>Why</ColumnHead>
            <ColumnHead>Code</ColumnHead>
          </TableRow>
        </TableHead>
        <TableBody>
          {shown.map(({ line, externalId, code, message }) => (
            <TableRow key={`${line} ${externalId} ${code}`}>
              <TableCell numeric>{format.count(line)}</TableCell>
              <TableCell className="max-w-56 truncate">{externalId}</TableCell>
              <TableCell>{message}</TableCell>
              <TableCell className="font-mono text-muted text-xs">{code}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {rest > 0 ? <p className="mt-2 text-muted">{format.count(rest)} more are in the file.</p> : null}
    </Section>
  );
}
