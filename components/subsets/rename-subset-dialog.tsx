"use client";

import { useMutation } from "@tanstack/react-query";
import { RenameDialog } from "@/components/ui/rename-dialog";
import type { Subset } from "@/contracts/subsets";
import { fieldProblemOf, problemOf, useTRPC } from "@/trpc/client";
import { useSubsetsChanged } from "./use-subset-list";

type RenameSubsetDialogProps = { project: string; subset: Subset; onClose: () => void };

/** Gives a subset another name; links to it go on working. */
export function RenameSubsetDialog({ project, subset, onClose }: RenameSubsetDialogProps) {
  const trpc = useTRPC();
  const changed = useSubsetsChanged();
  const rename = useMutation(
    trpc.subsets.patch.mutationOptions({
      onSuccess: () => {
        changed();
        onClose();
      },
    }),
  );
  return (
    <RenameDialog
      what="subset"
      name={subset.name}
      busy={rename.isPending}
      nameProblem={fieldProblemOf(rename.error, "name")}
      problem={rename.error ? problemOf(rename.error).detail : undefined}
      onRename={(name) => rename.mutate({ project, id: subset.id, name })}
      onClose={onClose}
    />
  );
}
