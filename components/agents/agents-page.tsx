"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Bot } from "lucide-react";
import { Button, ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Figure } from "@/components/ui/figure";
import { MoreButton } from "@/components/ui/more-button";
import { NoPermission } from "@/components/ui/no-permission";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { Project } from "@/contracts/projects";
import { roleAllows } from "@/contracts/roles";
import { problemOf, useTRPC } from "@/trpc/client";
import { AgentFilterBar } from "./agent-filter-bar";
import { AgentsTable } from "./agents-table";
import { useAgentFilters } from "./use-agent-filters";

/** What the agents' screens need to know of their project. */
export type AgentsProject = Pick<Project, "slug" | "name" | "role" | "counts">;

/** The agents of a project, newest first; filters are in the address. */
export function AgentsPage({ project }: { project: AgentsProject }) {
  if (roleAllows(project.role, "agents:read")) return <Agents project={project} />;
  return (
    <>
      <PageHeader title="Agents" />
      <PageBody>
        <NoPermission title="You can't see the agents of this project">
          Reviewers, viewers and administrators can. Ask an administrator for another role.
        </NoPermission>
      </PageBody>
    </>
  );
}

function Agents({ project }: { project: AgentsProject }) {
  const { slug, role } = project;
  const trpc = useTRPC();
  const state = useAgentFilters();
  const list = useInfiniteQuery(
    trpc.agents.list.infiniteQueryOptions(
      { project: slug, limit: 100, includeJobs: true, ...state.filters },
      { getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined },
    ),
  );
  const figures = useQuery(
    trpc.compare.agents.queryOptions({ project: slug }, { enabled: roleAllows(role, "compare:read") }),
  ).data?.items;
  const agents = list.data?.pages.flatMap((page) => page.items);
  const newAgent = roleAllows(role, "agents:write") ? (
    <ButtonLink variant="primary" href={`/p/${slug}/agents/new`}>
      Register an agent
    </ButtonLink>
  ) : null;
  return (
    <>
      <PageHeader
        title="Agents"
        meta={list.data ? <Figure value={list.data.pages[0]?.total} /> : null}
        actions={agents?.length === 0 && !state.filtered ? null : newAgent}
      />
      <AgentFilterBar project={slug} state={state} />
      <PageBody layout="fill">
        {list.error && agents === undefined ? (
          <ErrorState
            what="The agents did not load"
            why={problemOf(list.error).detail}
            onRetry={() => void list.refetch()}
          />
        ) : agents === undefined ? (
          <SkeletonRows label="Loading agents" />
        ) : agents.length > 0 ? (
          <AgentsTable project={slug} agents={agents} figures={figures} />
        ) : state.filtered ? (
          <EmptyState
            icon={Bot}
            title="No agent matches these filters"
            action={<Button onClick={state.clear}>Clear filters</Button>}
          />
        ) : (
          <EmptyState icon={Bot} title="No agents yet" action={newAgent}>
            An agent is a model and a prompt made from the label schema. It labels records when a job runs it.
          </EmptyState>
        )}
        <MoreButton list={list} className="m-4 self-center">
          Show earlier agents
        </MoreButton>
      </PageBody>
    </>
  );
}
