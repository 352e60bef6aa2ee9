"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { policyWords } from "@/components/final-labels/policy-words";
import { ErrorState } from "@/components/ui/error-state";
import { Figure, useFormat } from "@/components/ui/figure";
import { OptionMark } from "@/components/ui/option-chip";
import { optionLook } from "@/components/ui/option-look";
import { Section } from "@/components/ui/section";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { SkeletonRows } from "@/components/ui/skeleton";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { aggregationPolicy } from "@/contracts/aggregation";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { LabelDistribution, StatisticsFilter } from "@/contracts/project-statistics";
import { problemOf, useTRPC } from "@/trpc/client";
import { refreshOf } from "./refresh-of";

type By = LabelDistribution["by"];
type DistributionSectionProps = {
  project: string;
  label: LabelDefinition;
  by: By;
  filter: StatisticsFilter;
  onBy: (by: By) => void;
};

const nobody: Record<By, string> = {
  annotator: "No person or import has given this label here.",
  job: "No job has given this label here.",
  policy: "There is neither a verdict on this label here nor a snapshot of final labels.",
};

/** How often each option was given, by each person, by each job, or in what is settled. */
export function DistributionSection({ project, label, by, filter, onBy }: DistributionSectionProps) {
  const trpc = useTRPC();
  const distribution = useQuery(
    trpc.statistics.distribution.queryOptions(
      { project, label: label.name, by, ...filter },
      { placeholderData: keepPreviousData, refetchInterval: refreshOf },
    ),
  );
  return (
    <Section
      title={`Distribution of ${label.name}`}
      description={
        by === "policy"
          ? "The newest verdict on each label of a job, and the newest snapshot of each policy, which is a whole: people and days don't narrow it."
          : "Labels as they stand."
      }
      actions={
        <SegmentedControl<By>
          label="Given by"
          value={by}
          onValueChange={onBy}
          options={[
            { value: "job", label: "Jobs" },
            { value: "annotator", label: "People" },
            { value: "policy", label: "Settled" },
          ]}
        />
      }
    >
      {distribution.data ? (
        distribution.data.groups.length === 0 ? (
          <p className="text-muted">{nobody[by]}</p>
        ) : (
          <Groups distribution={distribution.data} label={label} />
        )
      ) : distribution.isError ? (
        <ErrorState
          what="The labels could not be counted"
          why={problemOf(distribution.error).detail}
          onRetry={() => void distribution.refetch()}
        />
      ) : (
        <SkeletonRows label="Counting labels" rows={3} />
      )}
    </Section>
  );
}

function Groups({ distribution, label }: { distribution: LabelDistribution; label: LabelDefinition }) {
  const format = useFormat();
  const looks = distribution.options.map((value) => ({ value, ...optionLook(label, value) }));
  return (
    <Table label={`How often each option of ${label.name} was given`}>
      <TableHead>
        <TableRow>
          <ColumnHead>Given by</ColumnHead>
          <ColumnHead>
            <span className="sr-only">Picture</span>
          </ColumnHead>
          {looks.map(({ value, text, color }) => (
            <ColumnHead key={value} numeric>
              <span className="inline-flex items-center gap-1.5">
                <OptionMark color={color} />
                {text}
              </span>
            </ColumnHead>
          ))}
          <ColumnHead numeric>n</ColumnHead>
        </TableRow>
      </TableHead>
      <TableBody>
        {distribution.groups.map(({ kind, id, name, n, counts }) => (
          <TableRow key={id ?? kind}>
            <TableCell className="max-w-56 truncate">{groupName({ kind, name })}</TableCell>
            <TableCell className="w-1/3 min-w-32">
              <span aria-hidden className="flex h-2 gap-px overflow-hidden rounded-full bg-line">
                {looks.map(({ value, color }, at) => (
                  <span
                    key={value}
                    data-option={color}
                    className="h-full bg-option"
                    style={{ width: `${(100 * (counts[at] ?? 0)) / sum(counts)}%` }}
                  />
                ))}
              </span>
            </TableCell>
            {looks.map(({ value }, at) => (
              <TableCell key={value} numeric>
                {format.share((counts[at] ?? 0) / n)}{" "}
                <span className="text-faint text-xs">{format.count(counts[at] ?? 0)}</span>
              </TableCell>
            ))}
            <TableCell numeric>
              <Figure value={n} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

const sum = (counts: readonly number[]): number =>
  Math.max(
    1,
    counts.reduce((all, count) => all + count, 0),
  );

function groupName({ kind, name }: Pick<LabelDistribution["groups"][number], "kind" | "name">): string {
  if (kind === "verified") return "Verdicts";
  if (kind !== "snapshot") return name;
  const policy = aggregationPolicy.safeParse(name).data;
  return policy ? `Final labels, ${policyWords[policy].inTitle}` : name;
}
