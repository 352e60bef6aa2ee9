"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useSubsetsChanged } from "@/components/subsets/use-subset-list";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import type { Assignment } from "@/contracts/assignments";
import { problemOf, useTRPC } from "@/trpc/client";
import { dateOf, endOfDay } from "./day";

type DueDialogProps = { project: string; assignment: Assignment; onClose: () => void };

/** Moves the date of an assignment, or takes it away. */
export function DueDialog({ project, assignment, onClose }: DueDialogProps) {
  const trpc = useTRPC();
  const changed = useSubsetsChanged();
  const [due, setDue] = useState(assignment.dueAt ? dateOf(Date.parse(assignment.dueAt)) : "");
  const save = useMutation(
    trpc.assignments.patch.mutationOptions({
      onSuccess: () => {
        changed();
        onClose();
      },
    }),
  );
  return (
    <Dialog
      open
      size="sm"
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title="Change the date"
      description={`${assignment.subset.name}, given to ${assignment.user.name}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="change-due" busy={save.isPending}>
            Save date
          </Button>
        </>
      }
    >
      <form
        id="change-due"
        className="flex flex-col gap-3 pb-2"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ project, id: assignment.id, dueAt: due ? endOfDay(due) : null });
        }}
      >
        <Field label="To be done by" optional hint="Leave it empty for no date">
          {(control) => (
            <Input {...control} type="date" value={due} onChange={(event) => setDue(event.target.value)} />
          )}
        </Field>
        {save.error ? <Notice tone="bad">{problemOf(save.error).detail}</Notice> : null}
      </form>
    </Dialog>
  );
}
