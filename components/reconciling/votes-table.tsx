"use client";

import { Bot, FileInput } from "lucide-react";
import type { OptionLook } from "@/components/labelling/label-options";
import { VerdictMark } from "@/components/labelling/verdict-mark";
import { PersonName } from "@/components/ui/avatar";
import { ConfidenceBar } from "@/components/ui/confidence-bar";
import { RelativeTime } from "@/components/ui/relative-time";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { Vote } from "@/contracts/reconciliations";
import { FinalChips } from "./final-chips";
import { useReconciling } from "./reconcile-context";

/** Everybody's vote in a row: who, what, how sure, and whether it is a verdict on a job's label. */
export function VotesTable({ votes, options }: { votes: readonly Vote[]; options: readonly OptionLook[] }) {
  const { called } = useReconciling();
  if (votes.length === 0) return <p className="text-muted">Nobody has a label here any more.</p>;
  return (
    <Table label="Votes">
      <TableHead>
        <TableRow>
          <ColumnHead>Who</ColumnHead>
          <ColumnHead>Label</ColumnHead>
          <ColumnHead>Confidence</ColumnHead>
          <ColumnHead>When</ColumnHead>
        </TableRow>
      </TableHead>
      <TableBody>
        {votes.map(({ annotator, value, conf, verdict, at }) => (
          <TableRow key={annotator.id}>
            <TableCell>
              {annotator.kind === "user" ? (
                <PersonName person={called(annotator)} />
              ) : (
                <span className="flex min-w-0 items-center gap-1.5">
                  {annotator.kind === "job" ? (
                    <Bot aria-label="job" className="size-4 shrink-0 text-muted" />
                  ) : (
                    <FileInput aria-label="imported" className="size-4 shrink-0 text-muted" />
                  )}
                  <span className="truncate">{annotator.name}</span>
                </span>
              )}
            </TableCell>
            <TableCell>
              <span className="inline-flex items-center gap-1.5">
                <FinalChips
                  value={value}
                  options={options}
                  variant={annotator.kind === "user" ? "filled" : "outlined"}
                />
                {verdict ? <VerdictMark status={verdict} /> : null}
              </span>
            </TableCell>
            <TableCell>{annotator.kind === "job" ? <ConfidenceBar value={conf} /> : null}</TableCell>
            <TableCell>
              <RelativeTime value={at} className="text-faint text-xs" />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
