"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Label } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { RadioGroup } from "@/components/ui/radio-group";
import { displayName } from "@/contracts/common";
import { schemaTemplates } from "@/contracts/schema-templates";
import { problemOf, useTRPC } from "@/trpc/client";

const BLANK = "blank";
const choices = [
  ...schemaTemplates.map(({ id, name, purpose }) => ({ value: id, label: name, hint: purpose })),
  { value: BLANK, label: "Blank", hint: "Define the labels yourself, or paste a schema." },
];

type CreateProjectDialogProps = {
  /** The template chosen when it opens; null keeps it closed. */
  template: string | null;
  onClose: () => void;
};

/** Name and a schema to start from; both can be changed afterwards. */
export function CreateProjectDialog({ template, onClose }: CreateProjectDialogProps) {
  return (
    <Dialog
      open={template !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title="Create project"
      description="You become its administrator and invite others afterwards."
      size="md"
    >
      <CreateProjectForm template={template ?? BLANK} onClose={onClose} />
    </Dialog>
  );
}

function CreateProjectForm({ template, onClose }: { template: string; onClose: () => void }) {
  const trpc = useTRPC();
  const router = useRouter();
  const [name, setName] = useState("");
  const [choice, setChoice] = useState(choices.some(({ value }) => value === template) ? template : BLANK);
  const [nameError, setNameError] = useState<string>();
  const create = useMutation(
    trpc.projects.create.mutationOptions({ onSuccess: ({ slug }) => router.push(`/p/${slug}`) }),
  );

  function submit(event: FormEvent) {
    event.preventDefault();
    const checked = displayName.safeParse(name);
    setNameError(checked.success ? undefined : `Name ${checked.error.issues[0]?.message}.`);
    if (!checked.success) return;
    const labelSchema = schemaTemplates.find(({ id }) => id === choice)?.labels;
    create.mutate({ name: checked.data, ...(labelSchema ? { labelSchema } : {}) });
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4 pb-2">
      <Field label="Name" error={nameError}>
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
      <div>
        <Label id="create-project-schema">Label schema</Label>
        <RadioGroup
          aria-labelledby="create-project-schema"
          options={choices}
          value={choice}
          onValueChange={setChoice}
          className="mt-1"
        />
      </div>
      {create.isError ? <Notice tone="bad">{problemOf(create.error).detail}</Notice> : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={create.isPending || create.isSuccess}>
          Create project
        </Button>
      </div>
    </form>
  );
}
