"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Bookmark } from "lucide-react";
import { useState } from "react";
import { recordsHref } from "@/components/query/records-address";
import { Button, ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Figure } from "@/components/ui/figure";
import { MoreButton } from "@/components/ui/more-button";
import { NoPermission } from "@/components/ui/no-permission";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { Project } from "@/contracts/projects";
import type { AnnotatorOverview } from "@/contracts/records";
import { roleAllows } from "@/contracts/roles";
import { problemOf, useTRPC } from "@/trpc/client";
import { CombineDialog } from "./combine-dialog";
import type { SampleNames } from "./sample/sample-draft";
import { SampleDialog } from "./sample-dialog";
import { SubsetsTable } from "./subsets-table";

/** So that counts made in the background come in. */
const REFRESH = 15_000;

type SubsetsPageProps = {
  project: Project;
  labels: readonly LabelDefinition[];
  annotators: readonly AnnotatorOverview[];
};

/** The saved subsets of a project: what they hold, who has them, and what can be made of them. */
export function SubsetsPage({ project, labels, annotators }: SubsetsPageProps) {
  if (roleAllows(project.role, "members:read"))
    return <Subsets project={project} names={{ labels, annotators, metadata: project.metadata }} />;
  return (
    <>
      <PageHeader title="Subsets" />
      <PageBody>
        <NoPermission title="You can't see the subsets of this project">
          What is assigned to you stands on the overview.
        </NoPermission>
      </PageBody>
    </>
  );
}

function Subsets({ project, names }: { project: Project; names: SampleNames }) {
  const { slug, role } = project;
  const trpc = useTRPC();
  const [asking, setAsking] = useState<"sample" | "combine" | null>(null);
  const list = useInfiniteQuery(
    trpc.subsets.list.infiniteQueryOptions(
      { project: slug, limit: 100 },
      { getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined, refetchInterval: REFRESH },
    ),
  );
  const subsets = list.data?.pages.flatMap((page) => page.items);
  const mayWrite = roleAllows(role, "subsets:write");
  const close = () => setAsking(null);
  return (
    <>
      <PageHeader
        title="Subsets"
        meta={list.data ? <Figure value={list.data.pages[0]?.total} /> : null}
        actions={
          mayWrite ? (
            <>
              {subsets && subsets.length > 1 ? (
                <Button onClick={() => setAsking("combine")}>Combine subsets</Button>
              ) : null}
              <Button variant="primary" onClick={() => setAsking("sample")}>
                Draw a sample
              </Button>
            </>
          ) : null
        }
      />
      <PageBody layout="fill">
        {list.error && subsets === undefined ? (
          <ErrorState
            what="The subsets did not load"
            why={problemOf(list.error).detail}
            onRetry={() => void list.refetch()}
          />
        ) : subsets === undefined ? (
          <SkeletonRows label="Loading subsets" />
        ) : subsets.length > 0 ? (
          <SubsetsTable project={project} subsets={subsets} names={names} />
        ) : (
          <EmptyState
            icon={Bookmark}
            title="No subsets yet"
            action={<ButtonLink href={recordsHref(slug, {})}>Search records</ButtonLink>}
          >
            A subset is a search or a set of records under a name, for jobs, assignments and comparisons.
          </EmptyState>
        )}
        <MoreButton list={list} className="m-4 self-center">
          Show older subsets
        </MoreButton>
      </PageBody>
      {asking === "sample" ? (
        <SampleDialog
          project={slug}
          vocabulary={names}
          source={{ query: null }}
          what="Drawn from all records"
          onClose={close}
          onSaved={(subset) => {
            close();
            toast(`${subset.name} was drawn`);
          }}
        />
      ) : null}
      {asking === "combine" ? <CombineDialog project={slug} onClose={close} /> : null}
    </>
  );
}
