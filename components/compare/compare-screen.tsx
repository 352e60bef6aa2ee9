"use client";

import { useQuery } from "@tanstack/react-query";
import { Scale, Tags } from "lucide-react";
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
import { chooseDefaults } from "./compare-address";
import { CompareChoices } from "./compare-choices";
import { Comparison } from "./comparison";
import { useCompareAddress } from "./use-compare-address";

type CompareScreenProps = {
  project: Project;
  /** Of the active schema. */
  labels: readonly LabelDefinition[];
};

/** How good jobs and people are, and how two of them differ. */
export function CompareScreen({ project, labels }: CompareScreenProps) {
  const ofRecords = labels.filter(({ level }) => level === "record");
  return (
    <>
      <PageHeader title="Compare" />
      {!roleAllows(project.role, "compare:read") ? (
        <PageBody>
          <NoPermission title="You can't compare annotators in this project">
            Reviewers, viewers and administrators can. Ask an administrator for another role.
          </NoPermission>
        </PageBody>
      ) : ofRecords.length === 0 ? (
        <PageBody>
          <EmptyState
            icon={Tags}
            title="No label to compare yet"
            action={
              <ButtonLink variant="primary" href={`/p/${project.slug}/schema`}>
                Define labels
              </ButtonLink>
            }
          >
            Comparing needs a label of records in the schema.
          </EmptyState>
        </PageBody>
      ) : (
        <Labelled project={project} labels={ofRecords} />
      )}
    </>
  );
}

function Labelled({ project, labels }: CompareScreenProps) {
  const trpc = useTRPC();
  const { address, change } = useCompareAddress();
  const label = labels.find(({ name }) => name === address.label) ?? labels[0];
  const name = label?.name ?? "";
  const found = useQuery(trpc.compare.annotators.queryOptions({ project: project.slug, label: name }));
  const subsets = useQuery(trpc.subsets.list.queryOptions({ project: project.slug, limit: 100 }));
  const labellers = found.data?.items;
  const problem = found.error ?? subsets.error;
  if (problem)
    return (
      <PageBody>
        <ErrorState
          what="The annotators did not load"
          why={problemOf(problem).detail}
          onRetry={() => {
            void found.refetch();
            void subsets.refetch();
          }}
        />
      </PageBody>
    );
  if (!label || !labellers || !subsets.data)
    return (
      <PageBody>
        <SkeletonRows label="Loading annotators" />
      </PageBody>
    );
  if (labellers.length === 0 && labels.length === 1)
    return (
      <PageBody>
        <EmptyState
          icon={Scale}
          title="Nobody has labelled yet"
          action={
            <ButtonLink variant="primary" href={`/p/${project.slug}/agents`}>
              Run an agent
            </ButtonLink>
          }
        >
          When jobs or people have labelled records, their labels are compared here with gold and with each
          other.
        </EmptyState>
      </PageBody>
    );
  const { gold, annotators } = chooseDefaults(address, { metadata: project.metadata, labellers });
  return (
    <>
      <CompareChoices
        labels={labels}
        label={name}
        metadata={project.metadata}
        labellers={labellers}
        subsets={subsets.data.items}
        gold={gold}
        annotators={annotators}
        subsetId={address.subsetId}
        onChange={change}
      />
      <PageBody>
        <Comparison
          project={project}
          label={label}
          labellers={labellers}
          gold={gold}
          annotators={annotators}
          subsetId={address.subsetId}
          detail={address.detail}
          onDetail={(detail) => change({ detail })}
          canVerify={roleAllows(project.role, "sessions:write")}
        />
      </PageBody>
    </>
  );
}
