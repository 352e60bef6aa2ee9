"use client";

import { Tags } from "lucide-react";
import { DiscussionProvider } from "@/components/discussions/discussion-context";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { NoPermission } from "@/components/ui/no-permission";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { Project } from "@/contracts/projects";
import { roleAllows } from "@/contracts/roles";
import { ReconcileWork } from "./reconcile-work";
import { useReconcileAddress } from "./use-reconcile-address";

type ReconcileScreenProps = {
  project: Project;
  me: { id: string; name: string };
  /** Of the active schema. */
  labels: readonly LabelDefinition[];
};

/** Where people decide at last what annotators differ on, together. */
export function ReconcileScreen({ project, me, labels }: ReconcileScreenProps) {
  const { address, change } = useReconcileAddress();
  const label = labels.find(({ name }) => name === address.label) ?? labels[0];
  const crumbs = [{ label: "Final labels", href: `/p/${project.slug}/final-labels` }];
  if (!roleAllows(project.role, "reconciliation:read"))
    return (
      <>
        <PageHeader title="Reconcile" />
        <PageBody>
          <NoPermission title="You can't reconcile labels in this project">
            Reviewers and administrators can; viewers can look on. Ask an administrator for another role.
          </NoPermission>
        </PageBody>
      </>
    );
  if (!label)
    return (
      <>
        <PageHeader crumbs={crumbs} title="Reconcile" />
        <PageBody>
          <EmptyState
            icon={Tags}
            title="No label to reconcile yet"
            action={
              <ButtonLink variant="primary" href={`/p/${project.slug}/schema`}>
                Define labels
              </ButtonLink>
            }
          >
            Reconciling needs a label in the schema, and two annotators who gave it.
          </EmptyState>
        </PageBody>
      </>
    );
  return (
    <DiscussionProvider project={project.slug} me={me} role={project.role}>
      <ReconcileWork
        key={label.name}
        project={project}
        me={me}
        labels={labels}
        label={label}
        crumbs={crumbs}
        address={address}
        onChange={change}
      />
    </DiscussionProvider>
  );
}
