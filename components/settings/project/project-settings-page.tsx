"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { NoPermission } from "@/components/ui/no-permission";
import { Section } from "@/components/ui/section";
import { toast } from "@/components/ui/toaster";
import { displayName } from "@/contracts/common";
import type { Project } from "@/contracts/projects";
import { roleAllows } from "@/contracts/roles";
import { problemOf, useTRPC } from "@/trpc/client";
import { SettingsFrame } from "../settings-frame";
import { DeleteProject } from "./delete-project";
import { MetadataVisibilityTable } from "./metadata-visibility-table";

/** Name, who sees which metadata, archive, delete. */
export function ProjectSettingsPage({ project: first }: { project: Project }) {
  const [project, setProject] = useState(first);
  return (
    <SettingsFrame project={project} current="project">
      {roleAllows(project.role, "project:manage") ? (
        <>
          <Rename project={project} onChange={setProject} />
          <MetadataVisibilityTable project={project} onChange={setProject} />
          <Archive project={project} onChange={setProject} />
          <DeleteProject project={project} />
        </>
      ) : (
        <NoPermission title="You can't change this project's settings">Administrators can.</NoPermission>
      )}
    </SettingsFrame>
  );
}

type PartProps = { project: Project; onChange: (project: Project) => void };

function Rename({ project, onChange }: PartProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const [name, setName] = useState(project.name);
  const [error, setError] = useState<string>();
  const rename = useMutation(
    trpc.projects.patch.mutationOptions({
      onSuccess: (changed) => {
        onChange(changed);
        toast(`The project is called ${changed.name}`);
        // The sidebar shows the name too.
        router.refresh();
      },
      onError: (failure) => setError(problemOf(failure).detail),
    }),
  );
  function submit(event: FormEvent) {
    event.preventDefault();
    const checked = displayName.safeParse(name);
    setError(checked.success ? undefined : `Name ${checked.error.issues[0]?.message}.`);
    if (checked.success) rename.mutate({ project: project.slug, name: checked.data });
  }
  return (
    <Section title="Name" description="Its address stays as it is." layout="form">
      <form onSubmit={submit} noValidate className="flex flex-col items-start gap-3">
        <Field label="Name" error={error} className="w-full">
          {(control) => (
            <Input
              {...control}
              value={name}
              onChange={(event) => setName(event.target.value)}
              maxLength={120}
              autoComplete="off"
            />
          )}
        </Field>
        <Button type="submit" busy={rename.isPending} disabled={name.trim() === project.name}>
          Rename project
        </Button>
      </form>
    </Section>
  );
}

function Archive({ project, onChange }: PartProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const archive = useMutation(
    trpc.projects.patch.mutationOptions({
      onSuccess: (changed) => {
        setAsking(false);
        onChange(changed);
        toast(changed.archived ? "The project is archived" : "The project is active again");
        router.refresh();
      },
      onError: (failure) => toast.error(problemOf(failure).detail),
    }),
  );
  const change = (archived: boolean) => archive.mutate({ project: project.slug, archived });
  return (
    <Section
      title={project.archived ? "Archived" : "Archive"}
      description="An archived project leaves the list of active ones. Everything in it is kept and can be restored."
      layout="form"
    >
      {project.archived ? (
        <Button busy={archive.isPending} onClick={() => change(false)}>
          Restore project
        </Button>
      ) : (
        <Button variant="danger" onClick={() => setAsking(true)}>
          Archive project
        </Button>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Archive ${project.name}?`}
        description="It moves to the archive for everybody. You can restore it here."
        verb="Archive project"
        busy={archive.isPending}
        onConfirm={() => change(true)}
      />
    </Section>
  );
}
