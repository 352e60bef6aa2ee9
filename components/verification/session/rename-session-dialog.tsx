"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { RenameDialog } from "@/components/ui/rename-dialog";
import type { Session } from "@/contracts/sessions";
import { fieldProblemOf, problemOf, useTRPC } from "@/trpc/client";

type RenameSessionDialogProps = { project: string; session: Session; onClose: () => void };

/** Gives a session another name; links to it go on working. */
export function RenameSessionDialog({ project, session, onClose }: RenameSessionDialogProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { id } = session;
  const rename = useMutation(
    trpc.sessions.patch.mutationOptions({
      onSuccess(changed) {
        queries.setQueryData(trpc.sessions.get.queryKey({ project, id }), changed);
        onClose();
      },
    }),
  );
  return (
    <RenameDialog
      what="session"
      name={session.name}
      busy={rename.isPending}
      nameProblem={fieldProblemOf(rename.error, "name")}
      problem={rename.error ? problemOf(rename.error).detail : undefined}
      onRename={(name) => rename.mutate({ project, id, name })}
      onClose={onClose}
    />
  );
}
