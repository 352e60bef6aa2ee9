"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ChartColumn } from "lucide-react";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { NoPermission } from "@/components/ui/no-permission";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { Project } from "@/contracts/projects";
import { roleAllows } from "@/contracts/roles";
import { problemOf, useTRPC } from "@/trpc/client";
import { ContributionsSection } from "./contributions-section";
import { DistributionSection } from "./distribution-section";
import { ProgressSection } from "./progress-section";
import { refreshOf } from "./refresh-of";
import { filterOf } from "./statistics-address";
import { StatisticsFilters } from "./statistics-filters";
import { useStatisticsAddress } from "./use-statistics-address";

type StatisticsScreenProps = {
  project: Project;
  /** Of the active schema. */
  labels: readonly LabelDefinition[];
};

/** How far the work is, what was given how often, and who did it. */
export function StatisticsScreen({ project, labels }: StatisticsScreenProps) {
  return (
    <>
      <PageHeader title="Statistics" />
      {roleAllows(project.role, "compare:read") ? (
        <Figures project={project} labels={labels} />
      ) : (
        <PageBody>
          <NoPermission title="You can't see the statistics of this project">
            Reviewers, viewers and administrators can. Ask an administrator for another role.
          </NoPermission>
        </PageBody>
      )}
    </>
  );
}

function Figures({ project, labels }: StatisticsScreenProps) {
  const trpc = useTRPC();
  const { address, change } = useStatisticsAddress();
  const chosen = labels.find(({ name }) => name === address.label);
  const filter = filterOf(address);
  const given = { project: project.slug, ...(chosen ? { label: chosen.name } : {}), ...filter };
  const live = { refetchInterval: refreshOf, placeholderData: keepPreviousData };
  const progress = useQuery(trpc.statistics.progress.queryOptions(given, live));
  const contributions = useQuery(trpc.statistics.contributions.queryOptions(given, live));
  const label = chosen ?? labels[0];
  const filters = (
    <StatisticsFilters project={project.slug} labels={labels} address={address} onChange={change} />
  );
  if (progress.isError)
    return (
      <>
        {filters}
        <PageBody>
          <ErrorState
            what="The figures could not be counted"
            why={problemOf(progress.error).detail}
            onRetry={() => void progress.refetch()}
          />
        </PageBody>
      </>
    );
  if (progress.data && progress.data.n === 0 && address.subsetId === null)
    return (
      <PageBody>
        <EmptyState
          icon={ChartColumn}
          title="Nothing to count yet"
          action={
            <ButtonLink variant="primary" href={`/p/${project.slug}/import`}>
              Import records
            </ButtonLink>
          }
        >
          When there are records, it stands here how many are labelled and verified, and by whom.
        </EmptyState>
      </PageBody>
    );
  return (
    <>
      {filters}
      <PageBody>
        {progress.data ? (
          <ProgressSection progress={progress.data} />
        ) : (
          <SkeletonRows label="Counting records" rows={4} />
        )}
        {label ? (
          <DistributionSection
            project={project.slug}
            label={label}
            by={address.by}
            filter={filter}
            onBy={(by) => change({ by })}
          />
        ) : null}
        {contributions.data ? (
          <ContributionsSection contributions={contributions.data} />
        ) : contributions.isError ? (
          <ErrorState
            what="The contributions could not be counted"
            why={problemOf(contributions.error).detail}
            onRetry={() => void contributions.refetch()}
          />
        ) : (
          <SkeletonRows label="Counting contributions" rows={4} />
        )}
      </PageBody>
    </>
  );
}
