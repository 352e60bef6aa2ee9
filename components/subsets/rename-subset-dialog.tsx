"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import type { Subset } from "@/contracts/subsets";
import { fieldProblemOf, problemOf, useTRPC } from "@/trpc/client";
import { useSubsetsChanged } from "./use-subset-list";

type RenameSubsetDialogProps = { project: string; subset: Subset; onClose: () => void };

/** Gives a subset another name; links to it go on working. */
export function RenameSubsetDialog({ project, subset, onClose }: RenameSubsetDialogProps) {
  const trpc = useTRPC();
  const changed = useSubsetsChanged();
  const [name, setName] = useState(subset.name);
  const rename = useMutation(
    trpc.subsets.patch.mutationOptions({
      onSuccess: () => {
        changed();
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
      title="Rename subset"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="rename-subset" busy={rename.isPending}>
            Rename subset
          </Button>
        </>
      }
    >
      <form
        id="rename-subset"
        className="flex flex-col gap-3 pb-2"
        onSubmit={(event) => {
          event.preventDefault();
          rename.mutate({ project, id: subset.id, name });
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
