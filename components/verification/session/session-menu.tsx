"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ellipsis, Link2, Lock, LockOpen } from "lucide-react";
import { toast } from "sonner";
import { DropdownMenu, MenuItem } from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import type { Session } from "@/contracts/sessions";
import { problemOf, useTRPC } from "@/trpc/client";

type SessionMenuProps = { project: string; session: Session; canManage: boolean };

/** What one does with the session as a whole. */
export function SessionMenu({ project, session, canManage }: SessionMenuProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const patch = useMutation(
    trpc.sessions.patch.mutationOptions({
      onSuccess: (changed) =>
        queries.setQueryData(trpc.sessions.get.queryKey({ project, id: session.id }), changed),
      onError: (error) => toast.error(problemOf(error).detail),
    }),
  );
  const turn = session.state === "open" ? "closed" : "open";
  return (
    <DropdownMenu
      trigger={
        <IconButton label="Session actions" variant="ghost">
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      <MenuItem
        onSelect={() => {
          void navigator.clipboard.writeText(window.location.href);
          toast("Link copied: it opens this view for whoever is let in");
        }}
      >
        <Link2 aria-hidden /> Copy link to this view
      </MenuItem>
      {canManage ? (
        <MenuItem onSelect={() => patch.mutate({ project, id: session.id, state: turn })}>
          {turn === "closed" ? <Lock aria-hidden /> : <LockOpen aria-hidden />}
          {turn === "closed" ? "Close session" : "Open session again"}
        </MenuItem>
      ) : null}
    </DropdownMenu>
  );
}
