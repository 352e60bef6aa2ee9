"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { SecretOnce } from "@/components/ui/secret-once";
import { Select } from "@/components/ui/select";
import type { Me } from "@/contracts/access";
import { fieldProblemOf, problemOf, useTRPC } from "@/trpc/client";

const lifetimes = [
  { value: "14", label: "14 days" },
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "A year" },
] as const;

const EVERYTHING = "everything";

type NewTokenDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  projects: Me["projects"];
  /** A guest's token reaches one project. */
  guest: boolean;
};

/** Note, lifetime, reach; then the secret, once. */
export function NewTokenDialog({ open, onOpenChange, projects, guest }: NewTokenDialogProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [note, setNote] = useState("");
  const [days, setDays] = useState<(typeof lifetimes)[number]["value"]>("14");
  const [project, setProject] = useState<string>(guest ? (projects[0]?.id ?? "") : EVERYTHING);
  const make = useMutation(
    trpc.access.createToken.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.access.listTokens.pathKey() }),
    }),
  );
  const made = make.data?.token ?? null;

  function change(next: boolean) {
    onOpenChange(next);
    if (next) return;
    setNote("");
    make.reset();
  }

  const reaches = [
    ...(guest ? [] : [{ value: EVERYTHING, label: "All your projects" }]),
    ...projects.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const create = () =>
    make.mutate({
      expiresInDays: Number(days),
      ...(note.trim() ? { note } : {}),
      ...(project === EVERYTHING || project === "" ? {} : { project }),
    });
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={made ? "Your access token" : "Make an access token"}
      size="sm"
      footer={
        made ? (
          <Button variant="primary" onClick={() => change(false)}>
            Done
          </Button>
        ) : (
          <Button variant="primary" busy={make.isPending} onClick={create}>
            Make token
          </Button>
        )
      }
    >
      {made ? (
        <SecretOnce label="Access token" secret={made} />
      ) : (
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            create();
          }}
        >
          {make.error ? <Notice tone="bad">{problemOf(make.error).detail}</Notice> : null}
          <Field label="Note" optional hint="What it is for." error={fieldProblemOf(make.error, "note")}>
            {(control) => (
              <Input
                {...control}
                maxLength={500}
                value={note}
                onChange={(event) => setNote(event.target.value)}
              />
            )}
          </Field>
          <Field label="Expires after">
            {(control) => <Select {...control} options={lifetimes} value={days} onValueChange={setDays} />}
          </Field>
          <Field label="Reaches" error={fieldProblemOf(make.error, "project")}>
            {(control) => (
              <Select {...control} options={reaches} value={project} onValueChange={setProject} />
            )}
          </Field>
        </form>
      )}
    </Dialog>
  );
}
