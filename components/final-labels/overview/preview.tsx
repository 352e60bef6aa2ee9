"use client";

import { LabelShares } from "@/components/jobs/job/label-shares";
import { Figure, useFormat } from "@/components/ui/figure";
import { Notice } from "@/components/ui/notice";
import { Stat, StatRow } from "@/components/ui/stat";
import { type AggregationPreview, byVotes } from "@/contracts/aggregation";
import type { LabelDefinition } from "@/contracts/label-schema";
import { SOURCE_WORDS } from "../count-words";

/** What a snapshot made now would hold, and how it would differ from the newest one. */
export function Preview({ preview, label }: { preview: AggregationPreview; label: LabelDefinition }) {
  const format = useFormat();
  const { counts, estimate } = preview;
  return (
    <div className="flex flex-col gap-4">
      {estimate ? <Estimate estimate={estimate} /> : null}
      <StatRow>
        <Stat
          label="Get a value"
          note={
            <>
              of <Figure value={counts.records} /> {counts.records === 1 ? "record" : "records"}
            </>
          }
        >
          <Figure value={counts.decided} />
        </Stat>
        <Stat label={SOURCE_WORDS.reconciled}>
          <Figure value={counts.reconciled} />
        </Stat>
        <Stat label={SOURCE_WORDS.verified}>
          <Figure value={counts.verified} />
        </Stat>
        {counts.accepted > 0 ? (
          <Stat label={SOURCE_WORDS.accepted}>
            <Figure value={counts.accepted} />
          </Stat>
        ) : null}
        <Stat label="By votes">
          <Figure value={byVotes(counts)} />
        </Stat>
        <Stat label={SOURCE_WORDS.ties}>
          <Figure value={counts.ties} />
        </Stat>
      </StatRow>
      {counts.ties > 0 ? (
        <Notice
          tone="warn"
          title={`${estimate ? "About " : ""}${format.count(counts.ties)} of ${format.counted(counts.records, "record")} ${counts.ties === 1 ? "gets" : "get"} no value`}
        >
          {counts.ties === 1
            ? "Its votes are tied, and no person's word decides. It stands in the snapshot and its files without a value, until you resolve the disagreement or count other labels."
            : "Their votes are tied, and no person's word decides. They stand in the snapshot and its files without a value, until you resolve the disagreements or count other labels."}
        </Notice>
      ) : null}
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
