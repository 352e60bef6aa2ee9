"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import type { Session } from "@/contracts/sessions";
import { fieldProblemOf, problemOf, useTRPC } from "@/trpc/client";

type RenameDialogProps = { project: string; session: Session; onClose: () => void };

/** Gives a session another name; links to it go on working. */
export function RenameDialog({ project, session, onClose }: RenameDialogProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [name, setName] = useState(session.name);
  const rename = useMutation(
    trpc.sessions.patch.mutationOptions({
      onSuccess(changed) {
        queries.setQueryData(trpc.sessions.get.queryKey({ project, id: session.id }), changed);
        onClose();
      },
    }),
  );
  const nameProblem = fieldProblemOf(rename.error, "name");
  return (
    <Dialog
      open
      size="sm"
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title="Rename session"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="rename-session" busy={rename.isPending}>
            Rename session
          </Button>
        </>
      }
    >
      <form
        id="rename-session"
        className="flex flex-col gap-3 pb-2"
        onSubmit={(event) => {
          event.preventDefault();
          rename.mutate({ project, id: session.id, name });
        }}
      >
        <Field label="Name" error={nameProblem}>
          {(control) => (
            <Input
              {...control}
              required
              maxLength={120}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        {rename.error && !nameProblem ? <Notice tone="bad">{problemOf(rename.error).detail}</Notice> : null}
      </form>
    </Dialog>
  );
}
