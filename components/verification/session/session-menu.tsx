"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ChartNoAxesColumn, Ellipsis, Link2, Lock, LockOpen, Pencil, Plus, Users } from "lucide-react";
import { useMemo, useState } from "react";
import { useCommands } from "@/components/ui/commands";
import { DropdownMenu, MenuItem } from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { toast } from "@/components/ui/toaster";
import { useGoTo } from "@/components/ui/unsaved-changes";
import type { Session } from "@/contracts/sessions";
import { problemOf, useTRPC } from "@/trpc/client";
import { ExtendDialog } from "./extend-dialog";
import { PeopleDialog } from "./people-dialog";
import { RenameSessionDialog } from "./rename-session-dialog";

type SessionMenuProps = { project: string; session: Session; canManage: boolean };

/** What one does with the session as a whole, in its menu and in the palette. */
export function SessionMenu({ project, session, canManage }: SessionMenuProps) {
  const { id, state } = session;
  const trpc = useTRPC();
  const queries = useQueryClient();
  const goTo = useGoTo();
  const [asking, setAsking] = useState<"labels" | "people" | "name" | null>(null);
  const { mutate } = useMutation(
    trpc.sessions.patch.mutationOptions({
      onSuccess: (changed) => queries.setQueryData(trpc.sessions.get.queryKey({ project, id }), changed),
      onError: (error) => toast.error(problemOf(error).detail),
    }),
  );
  const actions = useMemo(
    () => [
      {
        id: "session-report",
        label: "Show the report",
        icon: ChartNoAxesColumn,
        run: () => goTo(`/p/${project}/verify/${id}/report`),
      },
      {
        id: "session-link",
        label: "Copy link to this view",
        icon: Link2,
        run() {
          void navigator.clipboard.writeText(window.location.href);
          toast("Link copied: it opens this view for everybody with access");
        },
      },
      ...(canManage && state === "open"
        ? [{ id: "session-extend", label: "Add labels", icon: Plus, run: () => setAsking("labels") }]
        : []),
      ...(canManage
        ? [
            { id: "session-people", label: "People", icon: Users, run: () => setAsking("people") },
            { id: "session-name", label: "Rename", icon: Pencil, run: () => setAsking("name") },
            state === "open"
              ? {
                  id: "session-close",
                  label: "Close session",
                  icon: Lock,
                  run: () => mutate({ project, id, state: "closed" }),
                }
              : {
                  id: "session-open",
                  label: "Open session again",
                  icon: LockOpen,
                  run: () => mutate({ project, id, state: "open" }),
                },
          ]
        : []),
    ],
    [project, id, state, canManage, goTo, mutate],
  );
  useCommands(
    useMemo(() => actions.map(({ icon: _, ...action }) => ({ ...action, group: "Session" })), [actions]),
  );
  const close = () => setAsking(null);
  return (
    <>
      <DropdownMenu
        trigger={
          <IconButton label="Session actions" variant="ghost">
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        {actions.map(({ id: key, label, icon: Icon, run }) => (
          <MenuItem key={key} onSelect={run}>
            <Icon aria-hidden /> {label}
          </MenuItem>
        ))}
      </DropdownMenu>
      {asking === "labels" ? <ExtendDialog project={project} session={session} onClose={close} /> : null}
      {asking === "people" ? <PeopleDialog project={project} session={session} onClose={close} /> : null}
      {asking === "name" ? <RenameSessionDialog project={project} session={session} onClose={close} /> : null}
    </>
  );
}
