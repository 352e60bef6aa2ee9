"use client";

import { PersonName } from "@/components/ui/avatar";
import { Status } from "@/components/ui/badge";
import { useFormat } from "@/components/ui/figure";
import type { FinalLabel } from "@/contracts/aggregation";

/** Where a final label comes from, in a line. */
export function Provenance({ row }: { row: FinalLabel }) {
  const format = useFormat();
  const { source, verifier, verdict, annotators, votes } = row.provenance;
  if (source === "reconciliation")
    return (
      <span className="inline-flex min-w-0 items-center gap-2">
        <Status tone="accent">Reconciled</Status>
        {verifier ? (
          <span className="inline-flex min-w-0 items-center gap-1 text-muted">
            by <PersonName person={verifier} />
          </span>
        ) : null}
      </span>
    );
  if (source === "verdict")
    return (
      <span className="inline-flex min-w-0 items-center gap-2">
        <Status tone={verdict === "CORRECTS" ? "accent" : "good"}>
          {verdict === "CORRECTS" ? "Corrected" : "Confirmed"}
        </Status>
        {verifier ? (
          <span className="inline-flex min-w-0 items-center gap-1 text-muted">
            by <PersonName person={verifier} />
          </span>
        ) : null}
      </span>
    );
  if (source === "accepted")
    return (
      <span className="inline-flex min-w-0 items-center gap-2">
        <Status tone="good">Accepted</Status>
        <span className="truncate text-muted">unread, with a promise</span>
      </span>
    );
  if (row.value === null) return <Status tone="warn">{`Tie among ${format.count(votes)} labels`}</Status>;
  return <Status>{`${format.count(annotators.length)} of ${format.counted(votes, "label")}`}</Status>;
}
