"use client";

import { LabelShares } from "@/components/jobs/job/label-shares";
import { Figure, useFormat } from "@/components/ui/figure";
import { Notice } from "@/components/ui/notice";
import { Stat, StatRow } from "@/components/ui/stat";
import type { AggregationPreview } from "@/contracts/aggregation";
import type { LabelDefinition } from "@/contracts/label-schema";

/** What a snapshot made now would hold, and how it would differ from the newest one. */
export function Preview({ preview, label }: { preview: AggregationPreview; label: LabelDefinition }) {
  const { counts } = preview;
  return (
    <div className="flex flex-col gap-4">
      <StatRow>
        <Stat label="Records">
          <Figure value={counts.records} />
        </Stat>
        <Stat label="Decided">
          <Figure value={counts.decided} />
        </Stat>
        <Stat label="By a person's verdict">
          <Figure value={counts.verified} />
        </Stat>
        <Stat label="Opinions differ">
          <Figure value={counts.differing} />
        </Stat>
        <Stat label="Ties, without a value">
          <Figure value={counts.ties} />
        </Stat>
      </StatRow>
      <LabelShares label={label} counts={counts.distribution} />
      <Changes changes={preview.changes} />
    </div>
  );
}

function Changes({ changes }: Pick<AggregationPreview, "changes">) {
  const format = useFormat();
  if (!changes) return null;
  const { added, changed, removed } = changes;
  const parts = [
    [changed, "changed"],
    [added, "new"],
    [removed, "gone"],
  ] as const;
  const told = parts.filter(([count]) => count > 0).map(([count, what]) => `${format.count(count)} ${what}`);
  return (
    <Notice>
      {told.length === 0
        ? "Nothing has changed since the newest snapshot."
        : `Against the newest snapshot: ${told.join(", ")}.`}
    </Notice>
  );
}
