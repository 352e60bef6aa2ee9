"use client";

import { useMemo } from "react";
import { useLabellerNames } from "@/components/compare/use-labeller-names";
import { Badge } from "@/components/ui/badge";
import { ConfidenceBar } from "@/components/ui/confidence-bar";
import type { VirtualColumn } from "@/components/ui/virtual-table";
import type { AggregationPolicy, FinalLabel } from "@/contracts/aggregation";
import type { Labeller } from "@/contracts/compare";
import type { LabelDefinition } from "@/contracts/label-schema";
import { FinalValue } from "./final-value";
import { Provenance } from "./provenance";

/** How sure a value is, by policy: a share of people or votes, or the chance that it is the true one. */
const CONFIDENCE: Record<AggregationPolicy, string> = {
  "verified-first": "Agreement",
  majority: "Agreement",
  weighted: "Share of weight",
  "dawid-skene": "Probability",
  mace: "Probability",
};

/** Text, final value, how sure, and where it comes from. */
export function useFinalColumns(
  label: LabelDefinition,
  labellers: readonly Labeller[],
  policy: AggregationPolicy,
): VirtualColumn<FinalLabel>[] {
  const nameOf = useLabellerNames(labellers);
  return useMemo(
    () => [
      { id: "externalId", header: "Id", width: 120, cell: ({ externalId }) => externalId },
      {
        id: "content",
        header: "Text",
        width: 360,
        grow: true,
        hideable: false,
        cell: ({ content, deleted }) => (
          <>
            {deleted ? <Badge className="mr-2">Excluded</Badge> : null}
            <span className="truncate">{content}</span>
          </>
        ),
      },
      {
        id: "value",
        header: label.name,
        width: 180,
        cell: (row) => <FinalValue row={row} label={label} />,
      },
      {
        id: "confidence",
        header: CONFIDENCE[policy],
        width: 130,
        cell: ({ confidence }) => (
          <ConfidenceBar value={confidence} reason="A tie has no value that could be agreed on" />
        ),
      },
      { id: "provenance", header: "Where from", width: 240, cell: (row) => <Provenance row={row} /> },
      {
        id: "agents",
        header: "Jobs",
        width: 200,
        cell: ({ provenance }) => (
          <span className="truncate text-muted">
            {provenance.jobs.map(({ jobId }) => nameOf.get(jobId) ?? "").join(", ")}
          </span>
        ),
      },
    ],
    [label, nameOf, policy],
  );
}
