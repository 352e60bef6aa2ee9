"use client";

import { useQuery } from "@tanstack/react-query";
import { PackageCheck, Tags } from "lucide-react";
import { ExportButton } from "@/components/exports/export-button";
import { ResolveDisagreements } from "@/components/reconciling/resolve-disagreements";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { NoPermission } from "@/components/ui/no-permission";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Toolbar } from "@/components/ui/toolbar";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { Project } from "@/contracts/projects";
import { roleAllows } from "@/contracts/roles";
import { problemOf, useTRPC } from "@/trpc/client";
import { MakeSection } from "./make-section";
import { SnapshotsSection } from "./snapshots-section";
import { type FinalLabelsAddress, useFinalLabelsAddress } from "./use-final-labels-address";

type FinalLabelsScreenProps = {
  project: Project;
  /** Of the active schema. */
  labels: readonly LabelDefinition[];
};

/** Where labels become final: choose a policy, see what it gives, keep it, export it. */
export function FinalLabelsScreen({ project, labels }: FinalLabelsScreenProps) {
  const { address, change } = useFinalLabelsAddress();
  const ofRecords = labels.filter(({ level }) => level === "record");
  const label = ofRecords.find(({ name }) => name === address.label) ?? ofRecords[0];
  const allowed = roleAllows(project.role, "aggregation:read");
  return (
    <>
      <PageHeader
        title="Final labels"
        actions={
          allowed && label ? (
            <>
              <ResolveDisagreements
                project={project.slug}
                label={label.name}
                annotators={address.annotators}
              />
              <ExportButton project={project.slug} start={{ kind: "final", label: label.name }} />
            </>
          ) : null
        }
      />
      {ofRecords.length > 1 && allowed && label ? (
        <Toolbar label="What is shown">
          <Select
            aria-label="Label"
            options={ofRecords.map(({ name }) => ({ value: name, label: name }))}
            value={label.name}
            onValueChange={(next) => change({ label: next, annotators: null })}
          />
        </Toolbar>
      ) : null}
      <PageBody>
        {!allowed ? (
          <NoPermission title="You can't see final labels in this project">
            Reviewers, viewers and administrators can. Ask an administrator for another role.
          </NoPermission>
        ) : !label ? (
          <EmptyState
            icon={Tags}
            title="No label to settle yet"
            action={
              <ButtonLink variant="primary" href={`/p/${project.slug}/schema`}>
                Define labels
              </ButtonLink>
            }
          >
            Final labels need a label of records in the schema.
          </EmptyState>
        ) : (
          <Labelled project={project} label={label} address={address} onChange={change} />
        )}
      </PageBody>
    </>
  );
}

type LabelledProps = {
  project: Project;
  label: LabelDefinition;
  address: FinalLabelsAddress;
  onChange: (part: Partial<FinalLabelsAddress>) => void;
};

function Labelled({ project, label, address, onChange }: LabelledProps) {
  const trpc = useTRPC();
  const found = useQuery(trpc.compare.annotators.queryOptions({ project: project.slug, label: label.name }));
  if (found.error)
    return (
      <ErrorState
        what="The annotators did not load"
        why={problemOf(found.error).detail}
        onRetry={() => void found.refetch()}
      />
    );
  if (!found.data) return <SkeletonRows label="Loading annotators" />;
  return (
    <>
      {found.data.items.length === 0 ? (
        <EmptyState
          icon={PackageCheck}
          title="Nothing is labelled yet"
          action={
            <ButtonLink variant="primary" href={`/p/${project.slug}/agents`}>
              Run an agent
            </ButtonLink>
          }
        >
          When jobs or people have labelled records, a policy makes one final label a record from them.
        </EmptyState>
      ) : (
        <MakeSection
          project={project.slug}
          label={label}
          labellers={found.data.items}
          address={address}
          onChange={onChange}
          canMake={roleAllows(project.role, "aggregation:write")}
        />
      )}
      <SnapshotsSection
        project={project.slug}
        label={label.name}
        canMake={roleAllows(project.role, "aggregation:write")}
      />
    </>
  );
}
