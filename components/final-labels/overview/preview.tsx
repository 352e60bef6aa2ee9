"use client";

import { LabelShares } from "@/components/jobs/job/label-shares";
import { Figure, useFormat } from "@/components/ui/figure";
import { Notice } from "@/components/ui/notice";
import { Stat, StatRow } from "@/components/ui/stat";
import type { AggregationPreview } from "@/contracts/aggregation";
import type { LabelDefinition } from "@/contracts/label-schema";

/** What a snapshot made now would hold, and how it would differ from the newest one. */
export function Preview({ preview, label }: { preview: AggregationPreview; label: LabelDefinition }) {
  const { counts, estimate } = preview;
  return (
    <div className="flex flex-col gap-4">
      {estimate ? <Estimate estimate={estimate} /> : null}
      <StatRow>
        <Stat
          label="Decided"
          note={
            <>
              of <Figure value={counts.records} />
            </>
          }
        >
          <Figure value={counts.decided} />
        </Stat>
        <Stat label="By verdict">
          <Figure value={counts.verified} />
        </Stat>
        <Stat label="Reconciled">
          <Figure value={counts.reconciled} />
        </Stat>
        <Stat label="Opinions differ">
          <Figure value={counts.differing} />
        </Stat>
        <Stat label="Ties">
          <Figure value={counts.ties} />
        </Stat>
      </StatRow>
      <LabelShares label={label} counts={counts.distribution} />
      <Changes changes={preview.changes} estimated={estimate !== null} />
    </div>
  );
}

function Estimate({ estimate }: { estimate: NonNullable<AggregationPreview["estimate"]> }) {
  const format = useFormat();
  const { sampled, of, margin } = estimate;
  const points = Math.max(0.1, Math.round(1000 * margin) / 10);
  return (
    <Notice title={`Estimated from ${format.count(sampled)} of ${format.count(of)} records chosen at random`}>
      Shares are within {points} percentage points (95 %), and what is rare may be missing. The snapshot
      itself counts everything; it is made in the background.
    </Notice>
  );
}

type ChangesProps = Pick<AggregationPreview, "changes"> & { estimated: boolean };

function Changes({ changes, estimated }: ChangesProps) {
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
      {told.length > 0
        ? `Against the newest snapshot${estimated ? ", about" : ""}: ${told.join(", ")}.`
        : estimated
          ? "None of these records has changed since the newest snapshot."
          : "Nothing has changed since the newest snapshot."}
    </Notice>
  );
}
