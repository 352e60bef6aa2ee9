"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { ErrorState } from "@/components/ui/error-state";
import { Section } from "@/components/ui/section";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { Labeller } from "@/contracts/compare";
import type { Project } from "@/contracts/projects";
import { problemOf, useTRPC } from "@/trpc/client";
import { AcceptFigures } from "./accept/accept-figures";
import type { AllowedErrors, AllowedRisk } from "./compare-address";
import { useCompareAddress } from "./use-compare-address";

type AcceptSectionProps = {
  project: Project;
  label: string;
  annotators: readonly string[];
  labellers: readonly Labeller[];
  nameOf: (id: string) => string;
  detail: string | null;
  canVerify: boolean;
};

/** Which labels of a job can be accepted unread: of that whose details are shown, else of the first that was chosen. */
export function AcceptSection({ annotators, labellers, nameOf, detail, ...rest }: AcceptSectionProps) {
  const jobs = annotators.filter((id) => labellers.some((one) => one.id === id && one.kind === "job"));
  const shown = jobs.find((id) => id === detail) ?? jobs[0];
  return shown === undefined ? null : (
    <JobAcceptance {...rest} key={shown} jobId={shown} name={nameOf(shown)} />
  );
}

const errors: readonly { value: AllowedErrors; label: string }[] = [
  { value: "0.01", label: "1%" },
  { value: "0.02", label: "2%" },
  { value: "0.05", label: "5%" },
  { value: "0.1", label: "10%" },
];
const risks: readonly { value: AllowedRisk; label: string }[] = [
  { value: "0.1", label: "90%" },
  { value: "0.05", label: "95%" },
  { value: "0.01", label: "99%" },
];

type JobAcceptanceProps = Pick<AcceptSectionProps, "project" | "label" | "canVerify"> & {
  jobId: string;
  name: string;
};

function JobAcceptance({ project, label, jobId, name, canVerify }: JobAcceptanceProps) {
  const trpc = useTRPC();
  const { address, change } = useCompareAddress();
  const asked = useQuery(
    trpc.statistics.acceptPlan.queryOptions(
      { project: project.slug, jobId, label, epsilon: Number(address.errors), alpha: Number(address.risk) },
      { placeholderData: keepPreviousData },
    ),
  );
  return (
    <Section
      title={`Accept the rest of ${name}`}
      description="Takes the labels that it is sure of without a look at each. How many of them may be wrong follows from labels drawn at random and verified blind."
    >
      <div className="mb-4 flex flex-wrap gap-x-6 gap-y-2">
        <Choice words="Errors at most">
          <SegmentedControl
            label="Errors at most"
            value={address.errors}
            onValueChange={(value) => change({ errors: value })}
            options={errors}
          />
        </Choice>
        <Choice words="Confidence">
          <SegmentedControl
            label="Confidence"
            value={address.risk}
            onValueChange={(value) => change({ risk: value })}
            options={risks}
          />
        </Choice>
      </div>
      {asked.error ? (
        <ErrorState
          what="The plan did not load"
          why={problemOf(asked.error).detail}
          onRetry={() => void asked.refetch()}
        />
      ) : asked.data ? (
        <div aria-busy={asked.isPlaceholderData} className={cn(asked.isPlaceholderData && "opacity-60")}>
          <AcceptFigures project={project} plan={asked.data} name={name} canVerify={canVerify} />
        </div>
      ) : (
        <SkeletonRows label="Loading the plan" rows={5} />
      )}
    </Section>
  );
}

function Choice({ words, children }: { words: string; children: ReactNode }) {
  return (
    <div className="flex items-center gap-2">
      <span aria-hidden className="text-muted">
        {words}
      </span>
      {children}
    </div>
  );
}
