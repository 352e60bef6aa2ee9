"use client";

import { Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Figure } from "@/components/ui/figure";
import { MoreButton } from "@/components/ui/more-button";
import { NoPermission } from "@/components/ui/no-permission";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { Project } from "@/contracts/projects";
import type { ExcludedRecord } from "@/contracts/record-changes";
import { roleAllows } from "@/contracts/roles";
import { problemOf } from "@/trpc/client";
import { EraseDialog } from "./erase-dialog";
import { ExcludedTable } from "./excluded-table";
import { useExcludedRecords } from "./use-excluded-records";

type ExcludedScreenProps = { project: Pick<Project, "slug" | "name" | "role"> };

/** Records that were taken out of every search: bring them back, or blank them for good. */
export function ExcludedScreen({ project }: ExcludedScreenProps) {
  const base = `/p/${project.slug}`;
  const crumbs = [{ label: "Records", href: `${base}/records` }];
  if (roleAllows(project.role, "records:write")) return <Excluded project={project.slug} crumbs={crumbs} />;
  return (
    <>
      <PageHeader crumbs={crumbs} title="Excluded records" />
      <PageBody>
        <NoPermission title="You can't see excluded records">
          Only administrators of the project can.
        </NoPermission>
      </PageBody>
    </>
  );
}

type ExcludedProps = { project: string; crumbs: { label: string; href: string }[] };

function Excluded({ project, crumbs }: ExcludedProps) {
  const { list, records, total, restore, restoreAll, refresh } = useExcludedRecords(project);
  const [erasing, setErasing] = useState<ExcludedRecord | null>(null);
  return (
    <>
      <PageHeader
        crumbs={crumbs}
        title="Excluded records"
        meta={total === undefined ? null : <Figure value={total} />}
        actions={
          records?.some(({ erased }) => !erased) ? (
            <Button busy={restoreAll.isPending} onClick={() => restoreAll.mutate()}>
              Restore all
            </Button>
          ) : null
        }
      />
      <PageBody layout="fill">
        {list.error ? (
          <ErrorState
            what="Excluded records did not load"
            why={problemOf(list.error).detail}
            onRetry={() => void list.refetch()}
          />
        ) : records === undefined ? (
          <SkeletonRows label="Loading excluded records" />
        ) : records.length === 0 ? (
          <EmptyState icon={Trash2} title="No record is excluded">
            Records that are deleted leave every search and wait here, with their labels, until they are
            restored or erased.
          </EmptyState>
        ) : (
          <ExcludedTable
            records={records}
            restoring={restore.isPending ? restore.variables.id : null}
            onRestore={restore.mutate}
            onErase={setErasing}
          />
        )}
        <MoreButton list={list} className="m-4 self-center">
          Show earlier ones
        </MoreButton>
      </PageBody>
      {erasing ? (
        <EraseDialog
          key={erasing.id}
          project={project}
          record={erasing}
          onClose={() => setErasing(null)}
          onErased={refresh}
        />
      ) : null}
    </>
  );
}
