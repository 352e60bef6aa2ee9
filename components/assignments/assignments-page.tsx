"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Inbox } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { Button, ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Figure } from "@/components/ui/figure";
import { MoreButton } from "@/components/ui/more-button";
import { NoPermission } from "@/components/ui/no-permission";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Toolbar } from "@/components/ui/toolbar";
import type { Project } from "@/contracts/projects";
import { roleAllows } from "@/contracts/roles";
import { problemOf, useTRPC } from "@/trpc/client";
import { AssignmentsTable } from "./assignments-table";

const REFRESH = 15_000;

/** Who has which records to label, until when, and how far they are. */
export function AssignmentsPage({ project }: { project: Project }) {
  if (roleAllows(project.role, "members:read")) return <Assignments project={project} />;
  return (
    <>
      <PageHeader title="Assignments" />
      <PageBody>
        <NoPermission title="You can't see who labels what in this project">
          What is assigned to you stands on the overview.
        </NoPermission>
      </PageBody>
    </>
  );
}

function Assignments({ project: { slug, role } }: { project: Project }) {
  const trpc = useTRPC();
  const { mine, subset, change } = useAssignmentsAddress();
  const list = useInfiniteQuery(
    trpc.assignments.list.infiniteQueryOptions(
      { project: slug, limit: 100, mine, ...(subset ? { subsetId: subset } : {}) },
      {
        getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
        refetchInterval: REFRESH,
        placeholderData: keepPreviousData,
      },
    ),
  );
  const assignments = list.data?.pages.flatMap((page) => page.items);
  const isFiltered = mine || subset !== null;
  const mayAssign = roleAllows(role, "assignments:write");
  return (
    <>
      <PageHeader
        title="Assignments"
        meta={list.data ? <Figure value={list.data.pages[0]?.total} /> : null}
        actions={
          mayAssign && assignments?.length !== 0 ? (
            <ButtonLink variant="primary" href={`/p/${slug}/subsets`}>
              Assign a subset
            </ButtonLink>
          ) : null
        }
      />
      <Toolbar label="Filters">
        <SegmentedControl
          label="Whose"
          value={mine ? "mine" : "all"}
          onValueChange={(value) => change({ mine: value === "mine", subset })}
          options={[
            { value: "all", label: "Everybody's" },
            { value: "mine", label: "Mine" },
          ]}
        />
        {subset ? (
          <Button variant="ghost" onClick={() => change({ mine, subset: null })}>
            Of one subset: show all
          </Button>
        ) : null}
      </Toolbar>
      <PageBody layout="fill">
        {list.error && assignments === undefined ? (
          <ErrorState
            what="The assignments did not load"
            why={problemOf(list.error).detail}
            onRetry={() => void list.refetch()}
          />
        ) : assignments === undefined ? (
          <SkeletonRows label="Loading assignments" />
        ) : assignments.length > 0 ? (
          <AssignmentsTable project={slug} assignments={assignments} mayAssign={mayAssign} />
        ) : isFiltered ? (
          <EmptyState
            icon={Inbox}
            title={mine ? "Nothing is assigned to you" : "Nobody has this subset"}
            action={<Button onClick={() => change({ mine: false, subset: null })}>Show all</Button>}
          />
        ) : (
          <EmptyState
            icon={Inbox}
            title="Nothing is assigned yet"
            action={
              mayAssign ? (
                <ButtonLink variant="primary" href={`/p/${slug}/subsets`}>
                  Choose a subset to assign
                </ButtonLink>
              ) : null
            }
          >
            A subset given to people opens its records to them, and shows here how far they are.
          </EmptyState>
        )}
        <MoreButton list={list} className="m-4 self-center">
          Show older assignments
        </MoreButton>
      </PageBody>
    </>
  );
}

/** `?mine=1&subset=<id>` */
function useAssignmentsAddress() {
  const params = useSearchParams();
  const path = usePathname();
  const router = useRouter();
  return {
    mine: params.get("mine") === "1",
    subset: params.get("subset"),
    change({ mine, subset }: { mine: boolean; subset: string | null }) {
      const next = new URLSearchParams({ ...(mine ? { mine: "1" } : {}), ...(subset ? { subset } : {}) });
      router.replace(next.size > 0 ? `${path}?${next}` : path);
    },
  };
}
