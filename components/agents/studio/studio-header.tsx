"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ellipsis } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button, ButtonLink } from "@/components/ui/button";
import { DropdownMenu, MenuItem } from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { PageHeader } from "@/components/ui/page-header";
import { toast } from "@/components/ui/toaster";
import type { Agent } from "@/contracts/agents";
import { roleAllows } from "@/contracts/roles";
import { problemOf, useTRPC } from "@/trpc/client";
import type { AgentsProject } from "../agents-page";
import { inputOf } from "./draft";
import { problemWords } from "./field-names";
import { SaveDialog } from "./save-dialog";
import { useStudio } from "./studio-context";

type StudioHeaderProps = { project: AgentsProject; agent: Agent | null; changed: boolean };

/** Name, version, what is unsaved; save and run. */
export function StudioHeader({ project, agent, changed }: StudioHeaderProps) {
  const { draft, readOnly } = useStudio();
  const base = `/p/${project.slug}`;
  const [saving, setSaving] = useState(false);
  return (
    <>
      <PageHeader
        crumbs={[{ label: "Agents", href: `${base}/agents` }]}
        title={agent?.name ?? "New agent"}
        meta={
          <>
            {agent ? `v${agent.version}` : null}
            {draft.place === "builtin" ? <Badge className="max-sm:hidden">built-in, not an LLM</Badge> : null}
            {agent?.archived ? <Badge>Archived</Badge> : null}
            {changed ? (
              <Badge tone="warn" className="max-sm:hidden">
                Not saved
              </Badge>
            ) : null}
          </>
        }
        actions={
          <>
            {agent ? <AgentMenu project={project} agent={agent} /> : null}
            {agent && !agent.archived && roleAllows(project.role, "jobs:run") ? (
              <ButtonLink href={`${base}/jobs/new?agent=${agent.id}`}>Run a job</ButtonLink>
            ) : null}
            {readOnly ? null : agent ? (
              <Button variant="primary" disabled={!changed} onClick={() => setSaving(true)}>
                Save version {agent.version + 1}
              </Button>
            ) : (
              <CreateButton project={project.slug} />
            )}
          </>
        }
      />
      {agent ? (
        <SaveDialog
          project={project.slug}
          agent={agent}
          draft={draft}
          open={saving}
          onOpenChange={setSaving}
        />
      ) : null}
    </>
  );
}

function CreateButton({ project }: { project: string }) {
  const { draft } = useStudio();
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const create = useMutation(
    trpc.agents.create.mutationOptions({
      onSuccess: async ({ id, name }) => {
        await queryClient.invalidateQueries({ queryKey: trpc.agents.pathKey() });
        toast(`Agent ${name} saved`);
        router.push(`/p/${project}/agents/${id}`);
      },
      onError: (error) => {
        const { detail, errors } = problemOf(error);
        // Each is said at its field.
        const field = errors && document.querySelector<HTMLElement>("[aria-invalid=true]");
        if (field) field.focus();
        else toast.error(errors ? problemWords(errors) : detail);
      },
    }),
  );
  return (
    <Button
      variant="primary"
      busy={create.isPending}
      disabled={draft.name.trim() === "" || draft.model.trim() === ""}
      title="Needs a name and a model"
      onClick={() => create.mutate({ project, name: draft.name, ...inputOf(draft) })}
    >
      Save agent
    </Button>
  );
}

function AgentMenu({ project, agent }: { project: AgentsProject; agent: Agent }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const patch = useMutation(
    trpc.agents.patch.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.agents.pathKey() }),
      onError: (error) => toast.error(problemOf(error).detail),
    }),
  );
  if (!roleAllows(project.role, "agents:write")) return null;
  const archive = (archived: boolean) => patch.mutate({ project: project.slug, id: agent.id, archived });
  return (
    <DropdownMenu
      trigger={
        <IconButton label="More actions">
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      <MenuItem asChild>
        <Link href={`/p/${project.slug}/agents/new?from=${agent.id}`}>Copy as a new agent</Link>
      </MenuItem>
      <MenuItem
        onSelect={() => {
          archive(!agent.archived);
          if (!agent.archived)
            toast(`${agent.name} archived`, { action: { label: "Undo", onClick: () => archive(false) } });
        }}
      >
        {agent.archived ? "Restore" : "Archive"}
      </MenuItem>
    </DropdownMenu>
  );
}
