"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { PersonName } from "@/components/ui/avatar";
import { Status } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog } from "@/components/ui/dialog";
import { DropdownMenu, MenuItem } from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { RelativeTime } from "@/components/ui/relative-time";
import { SecretOnce } from "@/components/ui/secret-once";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { toast } from "@/components/ui/toaster";
import type { Invitation } from "@/contracts/access";
import { problemOf, useTRPC } from "@/trpc/client";
import { roleName } from "../role-wording";

const states = {
  active: { tone: "good", word: "Open" },
  used: { tone: "neutral", word: "Used up" },
  expired: { tone: "warn", word: "Expired" },
  revoked: { tone: "bad", word: "Revoked" },
} as const;

type InvitationTableProps = { project: string; invitations: readonly Invitation[] };

export function InvitationTable({ project, invitations }: InvitationTableProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [revoking, setRevoking] = useState<Invitation | null>(null);
  const options = {
    onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.access.listInvitations.pathKey() }),
    onError: (error: unknown) => {
      toast.error(problemOf(error).detail);
    },
  };
  const renew = useMutation(trpc.access.renewInvitation.mutationOptions(options));
  const revoke = useMutation(
    trpc.access.revokeInvitation.mutationOptions({ ...options, onSuccess: () => setRevoking(null) }),
  );
  const newUrl = renew.data?.url ?? null;
  return (
    <>
      <Table label="Invitations">
        <TableHead>
          <tr>
            <ColumnHead>Role</ColumnHead>
            <ColumnHead>Note</ColumnHead>
            <ColumnHead>State</ColumnHead>
            <ColumnHead numeric>Used</ColumnHead>
            <ColumnHead>Ends</ColumnHead>
            <ColumnHead>Made by</ColumnHead>
            <ColumnHead>
              <span className="sr-only">Actions</span>
            </ColumnHead>
          </tr>
        </TableHead>
        <TableBody>
          {invitations.map((invitation) => (
            <TableRow key={invitation.id}>
              <TableCell className="whitespace-nowrap">{roleName(invitation.role)}</TableCell>
              <TableCell className="max-w-60 truncate text-muted">{invitation.note ?? "–"}</TableCell>
              <TableCell>
                <Status tone={states[invitation.state].tone}>{states[invitation.state].word}</Status>
              </TableCell>
              <TableCell numeric className="whitespace-nowrap">
                {invitation.uses}
                {invitation.maxUses === null ? "" : ` of ${invitation.maxUses}`}
              </TableCell>
              <TableCell className="whitespace-nowrap">
                <RelativeTime value={invitation.expiresAt} ahead />
              </TableCell>
              <TableCell className="max-w-48">
                <PersonName person={invitation.createdBy} />
              </TableCell>
              <TableCell className="text-right">
                {invitation.state === "revoked" ? null : (
                  <DropdownMenu
                    trigger={
                      <IconButton label="More for this invitation" size="sm">
                        <Ellipsis aria-hidden />
                      </IconButton>
                    }
                  >
                    <MenuItem onSelect={() => renew.mutate({ project, id: invitation.id })}>
                      Renew with a new link
                    </MenuItem>
                    <MenuItem danger onSelect={() => setRevoking(invitation)}>
                      Revoke
                    </MenuItem>
                  </DropdownMenu>
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <ConfirmDialog
        open={revoking !== null}
        onOpenChange={(open) => setRevoking(open ? revoking : null)}
        title="Revoke this invitation?"
        description="Its link stops working at once and for good. Whoever joined by it stays."
        verb="Revoke invitation"
        danger
        busy={revoke.isPending}
        onConfirm={() => revoking && revoke.mutate({ project, id: revoking.id })}
      />
      <Dialog
        open={newUrl !== null}
        onOpenChange={() => renew.reset()}
        title="The renewed invitation"
        description="The old link no longer works."
        footer={
          <Button variant="primary" onClick={() => renew.reset()}>
            Done
          </Button>
        }
      >
        {newUrl ? <SecretOnce label="Invitation link" secret={newUrl} /> : null}
      </Dialog>
    </>
  );
}
