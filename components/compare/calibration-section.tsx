"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { cn } from "@/components/ui/cn";
import { ErrorState } from "@/components/ui/error-state";
import { useFormat } from "@/components/ui/figure";
import { Section } from "@/components/ui/section";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { Calibration, CalibrationBins } from "@/contracts/calibration";
import type { CompareResult, Labeller } from "@/contracts/compare";
import { problemOf, useTRPC } from "@/trpc/client";
import { CalibrationFigures } from "./calibration/calibration-figures";
import { CalibrationMissing } from "./calibration/calibration-missing";
import { truthWords } from "./calibration/calibration-words";
import type { GoldChoice } from "./compare-address";
import { shownAnnotator } from "./shown-annotator";

type CalibrationSectionProps = {
  project: string;
  label: string;
  result: Pick<CompareResult, "annotators">;
  labellers: readonly Labeller[];
  nameOf: (id: string) => string;
  gold: GoldChoice;
  subsetId: string | null;
  detail: string | null;
  canVerify: boolean;
};

/** Whether the confidence of whose details are shown says how often they are right. */
export function CalibrationSection({ result, labellers, detail, nameOf, ...rest }: CalibrationSectionProps) {
  const shown = shownAnnotator(result, detail);
  if (!shown) return null;
  const name = nameOf(shown.id);
  const kind = labellers.find(({ id }) => id === shown.id)?.kind;
  if (kind === "job") return <JobCalibration {...rest} key={shown.id} jobId={shown.id} name={name} />;
  return (
    <Section title={`Confidence of ${name}`}>
      <p className="max-w-prose text-muted">
        {kind === "imported" ? "Imported labels have" : "People give"} no confidence. Choose a job under
        "Option by option" to see how far its own can be believed.
      </p>
    </Section>
  );
}

const binKinds = [
  { value: "equal-mass", label: "Equal counts" },
  { value: "equal-width", label: "Equal widths" },
] as const;

type JobCalibrationProps = Pick<
  CalibrationSectionProps,
  "project" | "label" | "gold" | "subsetId" | "canVerify"
> & {
  jobId: string;
  name: string;
};

function JobCalibration({ project, label, jobId, name, gold, subsetId, canVerify }: JobCalibrationProps) {
  const trpc = useTRPC();
  const [bins, setBins] = useState<CalibrationBins>("equal-mass");
  const asked = useQuery(
    trpc.statistics.calibration.queryOptions(
      {
        project,
        jobId,
        label,
        bins,
        ...(gold.kind === "metadata" ? { truth: `metadata:${gold.name}` } : {}),
        ...(subsetId ? { subsetId } : {}),
      },
      { placeholderData: keepPreviousData },
    ),
  );
  const calibration = asked.data;
  return (
    <Section
      title={`Confidence of ${name}`}
      description="How often its labels are right at each confidence. On the dashed line, confidence means what it says."
      actions={
        calibration?.ece != null ? (
          <SegmentedControl label="Bins" value={bins} onValueChange={setBins} options={binKinds} />
        ) : undefined
      }
    >
      {asked.error ? (
        <ErrorState
          what="The calibration did not load"
          why={problemOf(asked.error).detail}
          onRetry={() => void asked.refetch()}
        />
      ) : calibration ? (
        <div aria-busy={asked.isPlaceholderData} className={cn(asked.isPlaceholderData && "opacity-60")}>
          <RestsOn result={calibration} />
          {calibration.reason ? (
            <CalibrationMissing project={project} result={calibration} name={name} canVerify={canVerify} />
          ) : (
            <CalibrationFigures result={calibration} name={name} />
          )}
        </div>
      ) : (
        <SkeletonRows label="Loading the calibration" rows={5} />
      )}
    </Section>
  );
}

/** What the figures rest on, and what to keep in mind about it. */
function RestsOn({ result }: { result: Calibration }) {
  const format = useFormat();
  const { n, truth, sawLabel, blindN, needs, withoutConf, sampledOf, effectiveN } = result;
  if (n === 0) return null;
  const weighted = effectiveN !== null && effectiveN < 0.999 * n;
  return (
    <p className="mb-3 max-w-prose text-muted">
      On {format.counted(n, "label")}, against {truthWords(truth)}.
      {sawLabel ? " Most of these people had seen the label and may have followed it." : null}
      {sawLabel && blindN !== null
        ? ` From ${format.count(needs)} blind verdicts on, these count instead; there ${blindN === 1 ? "is" : "are"} ${format.count(blindN)}.`
        : null}
      {sampledOf === null ? null : ` Drawn at random from ${format.count(sampledOf)}.`}
      {weighted
        ? ` Weighted by the chance with which sessions drew them, they say as much as ${format.counted(Math.round(effectiveN), "label")} of one weight.`
        : null}
      {withoutConf === 0 ? null : ` ${format.counted(withoutConf, "label")} without confidence left out.`}
    </p>
  );
}
