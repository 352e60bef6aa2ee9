"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Scale } from "lucide-react";
import { cn } from "@/components/ui/cn";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { Labeller } from "@/contracts/compare";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { Project } from "@/contracts/projects";
import { problemOf, useTRPC } from "@/trpc/client";
import { AcceptSection } from "./accept-section";
import { AccuracySection } from "./accuracy-section";
import { AgreementSection } from "./agreement-section";
import { CalibrationSection } from "./calibration-section";
import type { GoldChoice } from "./compare-address";
import { DetailSection } from "./detail-section";
import { PairsSection } from "./pairs-section";
import { useLabellerNames } from "./use-labeller-names";

type ComparisonProps = {
  project: Project;
  label: LabelDefinition;
  labellers: readonly Labeller[];
  gold: GoldChoice;
  annotators: readonly string[];
  subsetId: string | null;
  detail: string | null;
  onDetail: (annotatorId: string) => void;
  canVerify: boolean;
};

/** The figures of what was chosen. */
export function Comparison(props: ComparisonProps) {
  const { project, label, labellers, gold, annotators, subsetId, detail, onDetail, canVerify } = props;
  const trpc = useTRPC();
  const names = useLabellerNames(labellers);
  const given = goldInput(gold);
  const comparison = useQuery(
    trpc.compare.compare.queryOptions(
      {
        project: project.slug,
        label: label.name,
        annotators: [...annotators],
        ...(given ? { gold: given } : {}),
        ...(subsetId ? { subsetId } : {}),
      },
      { enabled: annotators.length > 0, placeholderData: keepPreviousData },
    ),
  );
  if (annotators.length === 0)
    return (
      <EmptyState icon={Scale} title="Nobody is chosen">
        Choose the jobs and people to compare above.
      </EmptyState>
    );
  if (comparison.error)
    return (
      <ErrorState
        what="The comparison could not be made"
        why={problemOf(comparison.error).detail}
        onRetry={() => void comparison.refetch()}
      />
    );
  const result = comparison.data;
  if (!result) return <SkeletonRows label="Comparing" />;
  const nameOf = (id: string) =>
    names.get(id) ?? result.annotators.find((one) => one.id === id)?.name ?? "somebody unknown";
  const context = { label: label.name, gold, metadata: project.metadata, subsetId };
  return (
    <div
      aria-busy={comparison.isPlaceholderData}
      className={cn(comparison.isPlaceholderData && "opacity-60 transition-opacity")}
    >
      {gold.kind === "none" ? null : (
        <>
          <AccuracySection result={result} against={goldWords(gold, nameOf)} nameOf={nameOf} />
          <DetailSection
            project={project.slug}
            label={label}
            result={result}
            context={context}
            nameOf={nameOf}
            detail={detail}
            onDetail={onDetail}
          />
          <CalibrationSection
            project={project.slug}
            label={label.name}
            result={result}
            labellers={labellers}
            nameOf={nameOf}
            gold={gold}
            subsetId={subsetId}
            detail={detail}
            canVerify={canVerify}
          />
        </>
      )}
      <AcceptSection
        project={project}
        label={label.name}
        annotators={annotators}
        labellers={labellers}
        nameOf={nameOf}
        detail={detail}
        canVerify={canVerify}
      />
      <PairsSection
        project={project.slug}
        result={result}
        nameOf={nameOf}
        isJob={(id) => labellers.some((one) => one.id === id && one.kind === "job")}
        subsetId={subsetId}
        canVerify={canVerify}
      />
      <AgreementSection
        project={project.slug}
        label={label}
        labellers={labellers}
        annotators={annotators}
        subsetId={subsetId}
      />
    </div>
  );
}

function goldInput(gold: GoldChoice) {
  if (gold.kind === "metadata") return { metadata: gold.name };
  if (gold.kind === "annotator") return { annotator: gold.id };
  if (gold.kind === "final") return { final: gold.id };
  return gold.kind === "verified" ? { verified: true as const } : undefined;
}

function goldWords(gold: GoldChoice, nameOf: (id: string) => string): string {
  if (gold.kind === "metadata") return gold.name;
  if (gold.kind === "annotator") return nameOf(gold.id);
  return gold.kind === "final" ? "final labels" : "verified labels";
}
