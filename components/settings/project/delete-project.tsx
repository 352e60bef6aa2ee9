"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Section } from "@/components/ui/section";
import { toast } from "@/components/ui/toaster";
import type { Project } from "@/contracts/projects";
import { problemOf, useTRPC } from "@/trpc/client";

type DeleteProjectProps = { project: Pick<Project, "slug" | "name"> };

/** The end of a project: what goes with it, and its name typed before it does. */
export function DeleteProject({ project }: DeleteProjectProps) {
  const [asking, setAsking] = useState(false);
  return (
    <Section
      title="Delete"
      description="A deleted project can't be brought back. To keep it out of sight and restorable, archive it."
      layout="form"
    >
      <Button variant="danger" onClick={() => setAsking(true)}>
        Delete project
      </Button>
      {asking ? <DeleteDialog project={project} onClose={() => setAsking(false)} /> : null}
    </Section>
  );
}

function DeleteDialog({ project, onClose }: DeleteProjectProps & { onClose: () => void }) {
  const trpc = useTRPC();
  const router = useRouter();
  const [typed, setTyped] = useState("");
  const remove = useMutation(
    trpc.projects.delete.mutationOptions({
      onSuccess: () => {
        toast(`${project.name} is deleted`);
        router.push("/");
        router.refresh();
      },
    }),
  );
  const matches = typed === project.name;
  const isDone = remove.isPending || remove.isSuccess;
  const confirm = () => {
    if (matches && !isDone) remove.mutate({ project: project.slug, name: typed });
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Delete ${project.name}?`}
      description="Its records, labels, verdicts, jobs, agents, saved keys, history and members go with it, for everybody and at once. Running jobs are cancelled. Export what you want to keep first."
      verb="Delete project"
      danger
      busy={isDone}
      blocked={!matches}
      onConfirm={confirm}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          confirm();
        }}
      >
        <Field
          label={`Type ${project.name} to confirm`}
          error={remove.error ? problemOf(remove.error).detail : undefined}
        >
          {(control) => (
            <Input
              {...control}
              autoFocus
              autoComplete="off"
              spellCheck={false}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
      </form>
    </ConfirmDialog>
  );
}
