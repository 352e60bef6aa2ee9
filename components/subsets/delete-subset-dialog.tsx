"use client";

import { useMutation } from "@tanstack/react-query";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toaster";
import type { Subset } from "@/contracts/subsets";
import { problemOf, useTRPC } from "@/trpc/client";
import { useSubsetsChanged } from "./use-subset-list";

type DeleteSubsetDialogProps = { project: string; subset: Subset; onClose: () => void };

/** Says what goes with a subset, then deletes it; whoever has it loses it. */
export function DeleteSubsetDialog({ project, subset, onClose }: DeleteSubsetDialogProps) {
  const trpc = useTRPC();
  const changed = useSubsetsChanged();
  const remove = useMutation(
    trpc.subsets.delete.mutationOptions({
      onSuccess: () => {
        changed();
        toast(`${subset.name} was deleted`);
        onClose();
      },
    }),
  );
  const { total } = subset.assigned;
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Delete subset ${subset.name}?`}
      description={
        total > 0
          ? `It is taken back from the ${total === 1 ? "person who has it" : `${total} people who have it`}. Its records and all labels stay, and so do jobs and sessions that began with it.`
          : "Its records and all labels stay, and so do jobs and sessions that began with it."
      }
      verb={total > 0 ? "Take back and delete" : "Delete subset"}
      danger
      busy={remove.isPending}
      onConfirm={() => remove.mutate({ project, id: subset.id, withdraw: total > 0 })}
    >
      {remove.error ? <Notice tone="bad">{problemOf(remove.error).detail}</Notice> : null}
    </ConfirmDialog>
  );
}
