"use client";

import { useMemo } from "react";
import { Status } from "@/components/ui/badge";
import { ConfidenceBar } from "@/components/ui/confidence-bar";
import { Figure } from "@/components/ui/figure";
import type { VirtualColumn } from "@/components/ui/virtual-table";
import type { Job, JobItem } from "@/contracts/jobs";
import type { LabelDefinition } from "@/contracts/label-schema";
import { confReasonText, itemStatusLook } from "../job-words";
import { LabelChips } from "./label-chips";
import { SpanCount } from "./span-count";

/** The columns of the items: state, text, each label, confidence, answer, tokens. */
export function useItemColumns(job: Job, labels: readonly LabelDefinition[]): VirtualColumn<JobItem>[] {
  const names = job.labels.join("\n");
  return useMemo(
    () => [
      {
        id: "status",
        header: "State",
        width: 120,
        cell: ({ status }) => (
          <Status tone={itemStatusLook[status].tone}>{itemStatusLook[status].text}</Status>
        ),
      },
      { id: "externalId", header: "Id", width: 120, cell: ({ externalId }) => externalId },
      {
        id: "content",
        header: "Text",
        width: 280,
        grow: true,
        hideable: false,
        cell: ({ content }) => <span className="truncate">{content}</span>,
      },
      ...names.split("\n").map(
        (name): VirtualColumn<JobItem> => ({
          id: `label-${name}`,
          header: name,
          width: 140,
          cell: (item) => {
            const label = labels.find((one) => one.name === name);
            if (label?.level === "span") return <SpanCount item={item} label={name} />;
            return <LabelChips label={label} value={item.labels[name] ?? []} />;
          },
        }),
      ),
      {
        id: "conf",
        header: "Confidence",
        width: 130,
        cell: (item) => <ConfidenceBar value={item.conf} reason={confReasonText(item)} />,
      },
      {
        id: "rawAnswer",
        header: "Raw answer",
        width: 200,
        cell: ({ rawAnswer, error }) => (
          <span className="truncate text-muted">{rawAnswer ?? error?.message ?? ""}</span>
        ),
      },
      {
        id: "tokens",
        header: "Tokens",
        width: 90,
        numeric: true,
        cell: ({ tokens: { prompt, completion } }) =>
          prompt === null ? null : <Figure value={prompt + (completion ?? 0)} />,
      },
      {
        id: "attempts",
        header: "Calls",
        width: 70,
        numeric: true,
        cell: ({ attempts }) => <Figure value={attempts} />,
      },
    ],
    [names, labels],
  );
}
