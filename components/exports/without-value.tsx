"use client";

import { useFormat } from "@/components/ui/figure";
import { Notice } from "@/components/ui/notice";
import type { ExportChoices } from "@/contracts/exports";

type WithoutValueProps = Pick<ExportChoices, "snapshots"> & {
  /** Of the snapshots that the file would hold. */
  ids: readonly string[];
};

/** Says of the final labels to export how many rows have no value, and why. */
export function WithoutValue({ snapshots, ids }: WithoutValueProps) {
  const format = useFormat();
  const tied = snapshots.filter(({ id, ties }) => ids.includes(id) && ties > 0);
  if (tied.length === 0) return null;
  return (
    <Notice tone="warn" title="Rows without a value">
      <ul className="list-disc pl-4 text-muted">
        {tied.map(({ id, label, records, ties }) => (
          <li key={id}>
            {format.count(ties)} of {format.counted(records, "final label")} of {label}{" "}
            {ties === 1
              ? "is tied: its value is empty. Resolve the disagreement and make a new snapshot to fill it."
              : "are tied: their value is empty. Resolve the disagreements and make a new snapshot to fill them."}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
