"use client";

import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { PersonName } from "@/components/ui/avatar";
import { Badge, Status } from "@/components/ui/badge";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { DropdownMenu, MenuItem, MenuSeparator } from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { RelativeTime } from "@/components/ui/relative-time";
import { Select } from "@/components/ui/select";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { Member } from "@/contracts/access";
import { roleName, roleOptions } from "../role-wording";
import { SignInLinkDialog } from "./sign-in-link-dialog";
import { useMemberActions } from "./use-member-actions";

type MemberTableProps = {
  project: string;
  members: readonly Member[];
  myId: string;
  mayManage: boolean;
};

export function MemberTable({ project, members, myId, mayManage }: MemberTableProps) {
  const actions = useMemberActions(project);
  const [removing, setRemoving] = useState<Member | null>(null);
  const [linkFor, setLinkFor] = useState<Member | null>(null);
  return (
    <>
      <Table label="Members">
        <TableHead>
          <tr>
            <ColumnHead>Name</ColumnHead>
            <ColumnHead>E-mail</ColumnHead>
            <ColumnHead>Role</ColumnHead>
            <ColumnHead>Access</ColumnHead>
            <ColumnHead>Joined</ColumnHead>
            {mayManage ? (
              <ColumnHead>
                <span className="sr-only">Actions</span>
              </ColumnHead>
            ) : null}
          </tr>
        </TableHead>
        <TableBody>
          {members.map((member) => (
            <TableRow key={member.userId}>
              <TableCell className="max-w-64">
                <span className="flex items-center gap-2">
                  <PersonName person={{ id: member.userId, name: member.name }} />
                  {member.userId === myId ? <Badge>You</Badge> : null}
                </span>
              </TableCell>
              <TableCell className="whitespace-nowrap text-muted">
                {member.email ?? "Joined by link"}
              </TableCell>
              <TableCell>
                {mayManage ? (
                  <Select
                    aria-label={`Role of ${member.name}`}
                    options={roleOptions}
                    value={member.role}
                    onValueChange={(role) => actions.changeRole(member, role)}
                    className="min-w-36"
                  />
                ) : (
                  roleName(member.role)
                )}
              </TableCell>
              <TableCell>
                <Status tone={member.disabled ? "warn" : "good"}>{member.disabled ? "Off" : "On"}</Status>
              </TableCell>
              <TableCell className="whitespace-nowrap">
                <RelativeTime value={member.joinedAt} />
              </TableCell>
              {mayManage ? (
                <TableCell className="text-right">
                  <MemberMenu
                    member={member}
                    onLink={() => setLinkFor(member)}
                    onSwitch={() => actions.switchAccess(member, !member.disabled)}
                    onRemove={() => setRemoving(member)}
                  />
                </TableCell>
              ) : null}
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <ConfirmDialog
        open={removing !== null}
        onOpenChange={(open) => setRemoving(open ? removing : null)}
        title={`Remove ${removing?.name} from the project?`}
        description="Their connections close at once. Labels and verdicts stay, with their name. Revoke open invitations that they may hold."
        verb="Remove member"
        danger
        busy={actions.busy}
        onConfirm={() => removing && actions.remove(removing, () => setRemoving(null))}
      />
      <SignInLinkDialog project={project} member={linkFor} onClose={() => setLinkFor(null)} />
    </>
  );
}

type MemberMenuProps = { member: Member; onLink: () => void; onSwitch: () => void; onRemove: () => void };

function MemberMenu({ member, onLink, onSwitch, onRemove }: MemberMenuProps) {
  return (
    <DropdownMenu
      trigger={
        <IconButton label={`More for ${member.name}`} size="sm">
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      <MenuItem onSelect={onLink} disabled={member.disabled}>
        Make a sign-in link
      </MenuItem>
      <MenuItem onSelect={onSwitch}>{member.disabled ? "Switch access on" : "Switch access off"}</MenuItem>
      <MenuSeparator />
      <MenuItem danger onSelect={onRemove}>
        Remove from project
      </MenuItem>
    </DropdownMenu>
  );
}
