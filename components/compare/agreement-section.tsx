"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { cn } from "@/components/ui/cn";
import { ErrorState } from "@/components/ui/error-state";
import { Section } from "@/components/ui/section";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { Labeller } from "@/contracts/compare";
import type { LabelDefinition } from "@/contracts/label-schema";
import { problemOf, useTRPC } from "@/trpc/client";
import { AgreementFigures } from "./agreement-figures";
import type { AgreementView } from "./compare-address";
import { useCompareAddress } from "./use-compare-address";
import { useLabellerNames } from "./use-labeller-names";

type AgreementSectionProps = {
  project: string;
  label: LabelDefinition;
  labellers: readonly Labeller[];
  /** Those chosen to be compared. */
  annotators: readonly string[];
  subsetId: string | null;
};

const VIEWS: readonly { value: AgreementView; label: string }[] = [
  { value: "chosen", label: "Those chosen" },
  { value: "everybody", label: "Everybody" },
  { value: "shown", label: "After seeing a label" },
];

const DIFFERENCES = [
  { value: "any", label: "Any other option" },
  { value: "ordered", label: "By order of options" },
] as const;

const WORDS: Record<AgreementView, string> = {
  chosen: "What those chosen above gave without seeing a job's label first.",
  everybody:
    "What anybody gave without seeing a job's label first; of a hidden label, people's first verdicts.",
  shown:
    "What people decided on jobs' labels that they saw. It makes them agree more often, so it is never counted together with the rest.",
};

/** How far people and jobs agree with each other beyond chance. */
export function AgreementSection(props: AgreementSectionProps) {
  const { address, change } = useCompareAddress();
  const { agreement: view } = address;
  const canOrder = !props.label.multi && props.label.options.length > 2;
  const ordered = canOrder && address.ordered;
  return (
    <Section title="Agreement" description="Beyond chance, with 95% bootstrap intervals over records.">
      <div className="mb-4 flex flex-col gap-2">
        <div className="flex flex-wrap items-center gap-2">
          <SegmentedControl
            label="Whose labels"
            value={view}
            onValueChange={(agreement) => change({ agreement })}
            options={VIEWS}
          />
          {canOrder ? (
            <SegmentedControl
              label="What counts as a difference"
              value={ordered ? "ordered" : "any"}
              onValueChange={(next) => change({ ordered: next === "ordered" })}
              options={DIFFERENCES}
            />
          ) : null}
        </div>
        <p className="max-w-prose text-muted">
          {WORDS[view]}
          {ordered
            ? " Options that are far apart in the schema's order count as a greater difference."
            : null}
        </p>
      </div>
      {view === "chosen" && props.annotators.length < 2 ? (
        <p className="text-muted">
          One alone can't agree or differ. Choose a second job or person above, or everybody here.
        </p>
      ) : (
        <Measured {...props} view={view} ordered={ordered} />
      )}
    </Section>
  );
}

function Measured(props: AgreementSectionProps & { view: AgreementView; ordered: boolean }) {
  const { project, label, labellers, annotators, subsetId, view, ordered } = props;
  const trpc = useTRPC();
  const names = useLabellerNames(labellers);
  const measured = useQuery(
    trpc.statistics.agreement.queryOptions(
      {
        project,
        label: label.name,
        basis: view === "shown" ? "shown" : "unseen",
        ...(ordered ? { metric: "ordinal", weights: "quadratic" } : {}),
        ...(view === "chosen" ? { annotators: [...annotators] } : {}),
        ...(subsetId ? { subsetId } : {}),
      },
      { placeholderData: keepPreviousData },
    ),
  );
  if (measured.error)
    return (
      <ErrorState
        what="Agreement could not be measured"
        why={problemOf(measured.error).detail}
        onRetry={() => void measured.refetch()}
      />
    );
  const agreement = measured.data;
  if (!agreement) return <SkeletonRows label="Measuring agreement" />;
  const nameOf = (id: string) =>
    names.get(id) ?? agreement.annotators.find((one) => one.id === id)?.name ?? "somebody unknown";
  return (
    <div
      aria-busy={measured.isPlaceholderData}
      className={cn(measured.isPlaceholderData && "opacity-60 transition-opacity")}
    >
      {agreement.annotators.length < 2 ? (
        <p className="text-muted">{tooFew(agreement.annotators.length, view)}</p>
      ) : agreement.n === 0 ? (
        <p className="text-muted">
          No record was labelled by two of them, so nothing tells how far they agree.
        </p>
      ) : (
        <AgreementFigures label={label} agreement={agreement} nameOf={nameOf} />
      )}
    </div>
  );
}

function tooFew(count: number, view: AgreementView): string {
  const what = view === "shown" ? "judged a label that was shown" : "labelled";
  return count === 0
    ? `Nobody has ${what} on these records.`
    : `One person or job alone has ${what} on these records: one alone can't agree or differ.`;
}
