"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Subset } from "@/contracts/subsets";
import { fieldProblemOf, problemOf, useTRPC } from "@/trpc/client";
import { useRecordsView } from "./records-context";

type RenameSubsetDialogProps = { subset: Subset; onClose: () => void; onRenamed: () => void };

/** Another name for a subset; links to it go on to work. */
export function RenameSubsetDialog({ subset, onClose, onRenamed }: RenameSubsetDialogProps) {
  const { project } = useRecordsView();
  const trpc = useTRPC();
  const [name, setName] = useState(subset.name);
  const rename = useMutation(trpc.subsets.patch.mutationOptions({ onSuccess: onRenamed }));
  const problem = rename.error
    ? (fieldProblemOf(rename.error, "name") ?? problemOf(rename.error).detail)
    : undefined;
  return (
    <Dialog
      open
      onOpenChange={(shown) => {
        if (!shown) onClose();
      }}
      title={`Rename ${subset.name}`}
      description="Links to the subset stay valid."
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
        className="pb-2"
        onSubmit={(event) => {
          event.preventDefault();
          rename.mutate({ project: project.slug, id: subset.id, name });
        }}
      >
        <Field label="Name" error={problem}>
          {(control) => (
            <Input
              {...control}
              autoFocus
              required
              maxLength={120}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
