"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Bot } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Figure } from "@/components/ui/figure";
import { MoreButton } from "@/components/ui/more-button";
import { NoPermission } from "@/components/ui/no-permission";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Toolbar } from "@/components/ui/toolbar";
import { jobStatus } from "@/contracts/jobs";
import { problemOf, useTRPC } from "@/trpc/client";
import { isOver, statusLook } from "../job-words";
import { JobsTable } from "./jobs-table";

type JobsScreenProps = { project: string; canSee: boolean; canRun: boolean };

const LIVE_REFRESH = 2000;
const all = "all";
const statusOptions = [
  { value: all, label: "All states" },
  ...jobStatus.options.map((value) => ({ value, label: statusLook(value).text })),
];

/** The jobs of a project, newest first; those under way move. */
export function JobsScreen({ project, canSee, canRun }: JobsScreenProps) {
  return (
    <>
      {canSee ? (
        <JobList project={project} canRun={canRun} />
      ) : (
        <>
          <PageHeader title="Jobs" />
          <PageBody>
            <NoPermission title="You can't see the jobs of this project">
              Reviewers, viewers and administrators can. Ask an administrator for another role.
            </NoPermission>
          </PageBody>
        </>
      )}
    </>
  );
}

function JobList({ project, canRun }: { project: string; canRun: boolean }) {
  const trpc = useTRPC();
  const params = useSearchParams();
  const router = useRouter();
  const path = usePathname();
  const status = jobStatus.safeParse(params.get("status")).data;
  const agentId = params.get("agent") ?? undefined;
  const query = useInfiniteQuery(
    trpc.jobs.list.infiniteQueryOptions(
      { project, limit: 50, ...(status ? { status } : {}), ...(agentId ? { agentId } : {}) },
      {
        getNextPageParam: (last) => last.nextCursor ?? undefined,
        refetchInterval: ({ state }) =>
          state.data?.pages.some((page) => page.items.some((job) => !isOver(job.status)))
            ? LIVE_REFRESH
            : false,
      },
    ),
  );
  const jobs = query.data?.pages.flatMap((page) => page.items) ?? [];
  const narrowed = status !== undefined || agentId !== undefined;

  function chooseStatus(value: string): void {
    const next = new URLSearchParams(params);
    if (value === all) next.delete("status");
    else next.set("status", value);
    router.replace(next.size > 0 ? `${path}?${next}` : path);
  }

  const run = canRun ? (
    <ButtonLink variant="primary" href={`${path}/new`}>
      Run an agent
    </ButtonLink>
  ) : null;

  return (
    <>
      <PageHeader
        title="Jobs"
        meta={query.data ? <Figure value={query.data.pages[0]?.total} /> : null}
        actions={
          query.data && jobs.length === 0 && !narrowed ? null : (
            <>
              {jobs.length > 1 ? (
                <ButtonLink href={`${path}/compare?a=${jobs[1]?.id}&b=${jobs[0]?.id}`}>
                  Compare two
                </ButtonLink>
              ) : null}
              {run}
            </>
          )
        }
      />
      <Toolbar label="Filters">
        <Select
          aria-label="State"
          className="w-36"
          options={statusOptions}
          value={status ?? all}
          onValueChange={chooseStatus}
        />
        {agentId ? (
          <ButtonLink variant="ghost" href={path}>
            Show the jobs of all agents
          </ButtonLink>
        ) : null}
      </Toolbar>
      <PageBody layout="fill">
        {query.isPending ? (
          <SkeletonRows label="Loading jobs" />
        ) : query.isError && jobs.length === 0 ? (
          <ErrorState
            what="The jobs did not load"
            why={problemOf(query.error).detail}
            onRetry={() => void query.refetch()}
          />
        ) : jobs.length > 0 ? (
          <JobsTable project={project} jobs={jobs} />
        ) : narrowed ? (
          <EmptyState title="No job matches" action={<ButtonLink href={path}>Show all jobs</ButtonLink>}>
            No job has this state and agent.
          </EmptyState>
        ) : (
          <EmptyState icon={Bot} title="No job yet" action={run}>
            A job runs an agent on records and keeps every prompt, answer and label.
          </EmptyState>
        )}
        <MoreButton list={query} className="m-4 self-center">
          Show older jobs
        </MoreButton>
      </PageBody>
    </>
  );
}
