"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { useFormat } from "@/components/ui/figure";
import { Interval } from "@/components/ui/interval";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Stat, StatRow } from "@/components/ui/stat";
import { OpenSessionDialog } from "@/components/verification/opening/open-session-dialog";
import type { LabelEstimate } from "@/contracts/estimates";
import type { Job } from "@/contracts/jobs";
import type { LabelDefinition } from "@/contracts/label-schema";
import { problemOf, useTRPC } from "@/trpc/client";
import { groundsOf, methodWords } from "./estimate-words";
import { EstimatedShares } from "./estimated-shares";
import { StrataTable } from "./strata-table";

type EstimateSectionProps = {
  project: string;
  job: Job;
  label: LabelDefinition;
  /** The job has other labels: the heading names this one. */
  named: boolean;
  canVerify: boolean;
};

/** People verify meanwhile; large jobs take seconds to count, so that they are asked less often. */
const REFRESH = { usual: 20_000, large: 120_000 };
const LARGE = 100_000;
/** What is offered to hide from people who verify: enough to measure by, little enough to go on quickly. */
const BLIND_PERCENT = "20";

/** How good all labels of the job are, as far as what people checked can tell. */
export function EstimateSection({ project, job, label, named, canVerify }: EstimateSectionProps) {
  const trpc = useTRPC();
  const [opening, setOpening] = useState(false);
  const estimate = useQuery(
    trpc.statistics.estimate.queryOptions(
      { project, jobId: job.id, label: label.name },
      {
        refetchInterval: ({ state }) =>
          (state.data?.population ?? 0) > LARGE ? REFRESH.large : REFRESH.usual,
        refetchOnMount: "always",
      },
    ),
  );
  const found = estimate.data;
  const wantsBlind = canVerify && found !== undefined && found.basis !== "blind" && found.population > 0;
  return (
    <Section
      title={named ? `How good are these labels: ${label.name}` : "How good are these labels"}
      description="Of all labels of the job, also those that nobody has looked at."
      actions={
        wantsBlind ? <Button onClick={() => setOpening(true)}>Verify a blind share</Button> : undefined
      }
    >
      {found ? (
        <Estimate estimate={found} label={label} />
      ) : estimate.isError ? (
        <ErrorState
          what="The labels could not be estimated"
          why={problemOf(estimate.error).detail}
          onRetry={() => void estimate.refetch()}
        />
      ) : (
        <SkeletonRows label="Estimating" rows={3} />
      )}
      {opening ? (
        <OpenSessionDialog
          project={project}
          what={`${label.name} of this job; of a blind share the agent's label is hidden until one has decided`}
          labels={[label.name]}
          jobIds={[job.id]}
          blindPercent={BLIND_PERCENT}
          onClose={() => setOpening(false)}
        />
      ) : null}
    </Section>
  );
}

function Estimate({ estimate, label }: { estimate: LabelEstimate; label: LabelDefinition }) {
  const format = useFormat();
  const { n, accuracy, always, reason } = estimate;
  const [low, high] = accuracy.interval ?? [0, 1];
  const grounds = groundsOf(estimate, format.counted).join(" ");
  return (
    <div className="flex flex-col gap-4">
      {reason === null ? (
        <StatRow>
          <Stat label="Accuracy" note={accuracy.method ? methodWords[accuracy.method] : undefined}>
            <span className="text-sm">
              <Interval
                value={accuracy.value === null ? null : { point: accuracy.value, low, high }}
                n={n}
                plain
                {...(accuracy.method ? { method: methodWords[accuracy.method] } : {})}
              />
            </span>
          </Stat>
          <Stat
            label="However often one looks"
            note={always.interval ? "95% at every n at once" : "holds at every n at once"}
          >
            <span className="text-sm">
              <AlwaysInterval always={always} />
            </span>
          </Stat>
        </StatRow>
      ) : (
        <Notice>
          {reason}.{" "}
          {n > 0
            ? `Of the ${format.counted(n, "label")} that were checked the agent was right on ${format.count(estimate.correct)}, which says nothing of the others.`
            : "A blind share, drawn at random, tells most for the least work."}
        </Notice>
      )}
      {grounds === "" ? null : <p className="max-w-prose text-muted">{grounds}</p>}
      <EstimatedShares estimate={estimate} label={label} />
      {n > 0 ? (
        <details>
          <summary className="cursor-pointer text-muted">What was checked, by label and confidence</summary>
          <div className="mt-2 max-w-3xl">
            <StrataTable strata={estimate.strata} label={label} />
          </div>
        </details>
      ) : null}
    </div>
  );
}

function AlwaysInterval({ always }: Pick<LabelEstimate, "always">) {
  const format = useFormat();
  if (always.interval === null) return <span className="text-muted">{always.reason}</span>;
  const [low, high] = always.interval;
  return (
    <span className="tabular">
      {format.decimal(100 * low, 1)}–{format.share(high)}
    </span>
  );
}
