import type { JobItem } from "@/contracts/jobs";

/** How many spans of a label an item's answer names; nothing while no answer was read, or is in sight. */
export function SpanCount({ item, label }: { item: JobItem; label: string }) {
  const count = item.spans.filter((span) => span.label === label).length;
  if (count === 0) return saysNone(item) ? <span className="text-muted">Found none</span> : null;
  return <span className="tabular text-muted">{count === 1 ? "1 span" : `${count} spans`}</span>;
}

/** Whether no span is what the answer said, and not that nobody could read or see it. */
export const saysNone = ({ status, rawAnswer }: JobItem): boolean =>
  status === "parsed" && rawAnswer !== null;
