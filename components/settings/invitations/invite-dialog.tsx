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
import type { ProjectRole } from "@/contracts/roles";
import { fieldProblemOf, problemOf, useTRPC } from "@/trpc/client";
import { roleOptions } from "../role-wording";

const uses = [
  { value: "1", label: "One person" },
  { value: "5", label: "Up to 5 people" },
  { value: "20", label: "Up to 20 people" },
  { value: "any", label: "Any number of people" },
] as const;

const lifetimes = [
  { value: "1", label: "1 day" },
  { value: "7", label: "7 days" },
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
] as const;

type InviteDialogProps = { project: string; open: boolean; onOpenChange: (open: boolean) => void };

/** Role, uses, lifetime, note; then the link, once. */
export function InviteDialog({ project, open, onOpenChange }: InviteDialogProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [role, setRole] = useState<ProjectRole>("reviewer");
  const [maxUses, setMaxUses] = useState<(typeof uses)[number]["value"]>("1");
  const [days, setDays] = useState<(typeof lifetimes)[number]["value"]>("7");
  const [note, setNote] = useState("");
  const invite = useMutation(
    trpc.access.createInvitation.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.access.listInvitations.pathKey() }),
    }),
  );
  const url = invite.data?.url ?? null;

  function change(next: boolean) {
    onOpenChange(next);
    if (next) return;
    setNote("");
    invite.reset();
  }

  const create = () =>
    invite.mutate({
      project,
      role,
      maxUses: maxUses === "any" ? null : Number(maxUses),
      expiresInDays: Number(days),
      ...(note.trim() ? { note } : {}),
    });
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={url ? "Send this link" : "Invite people"}
      {...(url ? { description: "Whoever opens it gives a name and is in. No password is needed." } : {})}
      footer={
        url ? (
          <Button variant="primary" onClick={() => change(false)}>
            Done
          </Button>
        ) : (
          <Button variant="primary" busy={invite.isPending} onClick={create}>
            Make link
          </Button>
        )
      }
    >
      {url ? (
        <SecretOnce label="Invitation link" secret={url} />
      ) : (
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            create();
          }}
        >
          {invite.error ? <Notice tone="bad">{problemOf(invite.error).detail}</Notice> : null}
          <Field label="Role">
            {(control) => <Select {...control} options={roleOptions} value={role} onValueChange={setRole} />}
          </Field>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="For">
              {(control) => <Select {...control} options={uses} value={maxUses} onValueChange={setMaxUses} />}
            </Field>
            <Field label="Valid for">
              {(control) => <Select {...control} options={lifetimes} value={days} onValueChange={setDays} />}
            </Field>
          </div>
          <Field
            label="Note"
            optional
            hint="For you: whom it is for."
            error={fieldProblemOf(invite.error, "note")}
          >
            {(control) => (
              <Input
                {...control}
                maxLength={500}
                value={note}
                onChange={(event) => setNote(event.target.value)}
              />
            )}
          </Field>
        </form>
      )}
    </Dialog>
  );
}
