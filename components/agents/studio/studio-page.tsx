"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { NoPermission } from "@/components/ui/no-permission";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";
import { roleAllows } from "@/contracts/roles";
import { problemOf, useTRPC } from "@/trpc/client";
import type { AgentsProject } from "../agents-page";
import { draftOf, emptyDraft } from "./draft";
import { StudioScreen } from "./studio-screen";

type StudioPageProps = {
  project: AgentsProject;
  /** Null for a new one. */
  agentId: string | null;
  /** A new one may begin as a copy of this agent. */
  copyOf: string | null;
};

/** The studio: prompt and model of one agent. Loads what it needs and says what is missing. */
export function StudioPage({ project, agentId, copyOf }: StudioPageProps) {
  const { slug, role } = project;
  const mayOpen = roleAllows(role, agentId === null ? "agents:write" : "agents:read");
  if (!mayOpen)
    return (
      <Frame project={project}>
        <NoPermission title={agentId === null ? "You can't make agents" : "You can't see this agent"}>
          {agentId === null
            ? "Administrators of the project can."
            : "Administrators, reviewers and viewers can."}
        </NoPermission>
      </Frame>
    );
  return <Loaded key={agentId ?? slug} project={project} agentId={agentId} copyOf={copyOf} />;
}

function Loaded({ project, agentId, copyOf }: StudioPageProps) {
  const trpc = useTRPC();
  const { slug } = project;
  const wanted = agentId ?? copyOf;
  const schema = useQuery(trpc.projects.activeSchema.queryOptions({ project: slug }));
  const agent = useQuery(
    trpc.agents.get.queryOptions({ project: slug, id: wanted ?? "" }, { enabled: wanted !== null }),
  );
  const failed = [schema, agent].find(({ error }) => error);
  const labels = schema.data?.labelSchema;
  if (failed)
    return (
      <Frame project={project}>
        <ErrorState
          what="The agent did not load"
          why={problemOf(failed.error).detail}
          onRetry={() => void failed.refetch()}
        />
      </Frame>
    );
  if (schema.data === undefined || (wanted !== null && agent.data === undefined))
    return (
      <Frame project={project}>
        <SkeletonRows label="Loading the agent" />
      </Frame>
    );
  if (labels === undefined || labels.length === 0)
    return (
      <Frame project={project}>
        <EmptyState
          title="No label to ask for yet"
          action={
            <ButtonLink variant="primary" href={`/p/${slug}/schema`}>
              Define labels
            </ButtonLink>
          }
        >
          A prompt is made from the label schema: its labels and their options.
        </EmptyState>
      </Frame>
    );
  const saved = agentId === null ? null : (agent.data ?? null);
  const first = agent.data
    ? draftOf(saved ? agent.data.name : `${agent.data.name} (copy)`, agent.data)
    : emptyDraft(labels.map(({ name }) => name));
  return <StudioScreen project={project} labels={labels} agent={saved} first={first} />;
}

function Frame({ project, children }: { project: AgentsProject; children: ReactNode }) {
  const base = `/p/${project.slug}`;
  return (
    <>
      <PageHeader crumbs={[{ label: "Agents", href: `${base}/agents` }]} title="Agent" />
      <PageBody>{children}</PageBody>
    </>
  );
}
