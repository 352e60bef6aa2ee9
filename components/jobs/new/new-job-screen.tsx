"use client";

import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { Bot } from "lucide-react";
import { useRouter, useSearchParams } from "next/navigation";
import { useState } from "react";
import { Button, ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { NoPermission } from "@/components/ui/no-permission";
import { Notice } from "@/components/ui/notice";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { Agent } from "@/contracts/agents";
import type { Subset } from "@/contracts/subsets";
import { problemOf, useTRPC } from "@/trpc/client";
import { draftFromAddress, type JobDraft, readEstimate, readStart } from "./job-draft";
import { JobForm } from "./job-form";

/** Prepares a job: what it asks, of which records, within which bounds; shows what it could cost before it starts. */
export function NewJobScreen({ project, canRun }: { project: string; canRun: boolean }) {
  return (
    <>
      <PageHeader crumbs={[{ label: "Jobs", href: `/p/${project}/jobs` }]} title="Run an agent" />
      <PageBody>
        {canRun ? (
          <Choices project={project} />
        ) : (
          <NoPermission title="You can't run agents in this project">
            Administrators can. Ask one for the role, or to run the agent for you.
          </NoPermission>
        )}
      </PageBody>
    </>
  );
}

/** Reads what can be chosen. */
function Choices({ project }: { project: string }) {
  const trpc = useTRPC();
  const agents = useQuery(trpc.agents.list.queryOptions({ project, limit: 200 }));
  const subsets = useQuery(trpc.subsets.list.queryOptions({ project, limit: 200 }));
  const failed = agents.error ?? subsets.error;
  if (failed)
    return (
      <ErrorState
        what="Agents and subsets did not load"
        why={problemOf(failed).detail}
        onRetry={() => {
          void agents.refetch();
          void subsets.refetch();
        }}
      />
    );
  if (!agents.data || !subsets.data) return <SkeletonRows label="Loading agents and subsets" />;
  if (agents.data.items.length === 0)
    return (
      <EmptyState
        icon={Bot}
        title="There is no agent to run yet"
        action={
          <ButtonLink variant="primary" href={`/p/${project}/agents/new`}>
            Register an agent
          </ButtonLink>
        }
      >
        An agent is a model with a prompt; it needs a label schema.
      </EmptyState>
    );
  return <Preparation project={project} agents={agents.data.items} subsets={subsets.data.items} />;
}

type PreparationProps = { project: string; agents: readonly Agent[]; subsets: readonly Subset[] };

function Preparation({ project, agents, subsets }: PreparationProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const address = useSearchParams();
  const [draft, setDraft] = useState<JobDraft>(() => {
    const given = draftFromAddress(new URLSearchParams(address));
    const [only] = agents;
    return agents.length === 1 && only ? { ...given, agentId: only.id } : given;
  });
  const agent = agents.find(({ id }) => id === draft.agentId);
  const asked = readEstimate(project, draft, agent);
  const started = readStart(project, draft, agent);
  const estimate = useQuery(
    trpc.jobs.estimate.queryOptions(asked.input ?? { project, labels: ["-"], labelMetadata: [] }, {
      enabled: asked.input !== null,
      placeholderData: keepPreviousData,
      retry: false,
    }),
  );
  const start = useMutation(
    trpc.jobs.start.mutationOptions({ onSuccess: ({ id }) => router.push(`/p/${project}/jobs/${id}`) }),
  );
  const refusal = start.error ?? (asked.input ? estimate.error : null);
  const problems = [...started.problems, ...(refusal ? (problemOf(refusal).errors ?? []) : [])];
  const problemOfField = (path: string) =>
    problems.find((problem) => problem.path === path || problem.path.startsWith(`${path}.`))?.message;
  const records = asked.input ? estimate.data?.records : undefined;

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (started.input) start.mutate(started.input);
      }}
    >
      <JobForm
        project={project}
        draft={draft}
        onChange={(change) => {
          start.reset();
          setDraft((before) => ({ ...before, ...change }));
        }}
        agents={agents}
        agent={agent}
        subsets={subsets}
        problemOfField={problemOfField}
        estimate={{
          estimate: asked.input ? estimate.data : undefined,
          loading: estimate.isFetching,
          isMarked: asked.problems.length > 0,
          problem: asked.input && estimate.error ? problemOf(estimate.error).detail : null,
          onRetry: () => void estimate.refetch(),
        }}
      />
      {start.error ? (
        <Notice tone="bad" title="The job was not started" className="mb-4">
          {problemOf(start.error).detail}
        </Notice>
      ) : null}
      <div className="sticky bottom-0 flex items-center justify-end gap-2 border-t bg-surface py-3">
        <ButtonLink href={`/p/${project}/jobs`}>Back to the jobs</ButtonLink>
        <Button
          type="submit"
          variant="primary"
          busy={start.isPending}
          disabled={!started.input || records === 0 || estimate.isError}
        >
          {records === undefined
            ? "Run the agent"
            : `Run on ${records} ${records === 1 ? "record" : "records"}`}
        </Button>
      </div>
    </form>
  );
}
