"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { MailPlus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { MoreButton } from "@/components/ui/more-button";
import { NoPermission } from "@/components/ui/no-permission";
import { SkeletonRows } from "@/components/ui/skeleton";
import { roleAllows } from "@/contracts/roles";
import { problemOf, useTRPC } from "@/trpc/client";
import { SettingsFrame, type SettingsProject } from "../settings-frame";
import { InvitationTable } from "./invitation-table";
import { InviteDialog } from "./invite-dialog";

type InvitationsPageProps = {
  project: SettingsProject;
  /** Opens the form at once. */
  startNew: boolean;
};

/** Links by which people join: make, renew, revoke. */
export function InvitationsPage({ project, startNew }: InvitationsPageProps) {
  const mayManage = roleAllows(project.role, "members:manage");
  const [inviting, setInviting] = useState(startNew);
  return (
    <SettingsFrame
      project={project}
      current="invitations"
      actions={
        mayManage ? (
          <Button variant="primary" onClick={() => setInviting(true)}>
            Invite people
          </Button>
        ) : null
      }
    >
      {mayManage ? (
        <>
          <Invitations project={project.slug} onInvite={() => setInviting(true)} />
          <InviteDialog project={project.slug} open={inviting} onOpenChange={setInviting} />
        </>
      ) : (
        <NoPermission title="You can't see invitations">
          Only administrators of the project can invite people.
        </NoPermission>
      )}
    </SettingsFrame>
  );
}

function Invitations({ project, onInvite }: { project: string; onInvite: () => void }) {
  const trpc = useTRPC();
  const invitations = useInfiniteQuery(
    trpc.access.listInvitations.infiniteQueryOptions(
      { project, limit: 100 },
      { getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined },
    ),
  );
  if (invitations.error)
    return (
      <ErrorState
        what="Invitations did not load"
        why={problemOf(invitations.error).detail}
        onRetry={() => void invitations.refetch()}
      />
    );
  if (!invitations.data) return <SkeletonRows label="Loading invitations" rows={4} />;
  const all = invitations.data.pages.flatMap((page) => page.items);
  if (all.length === 0)
    return (
      <EmptyState
        icon={MailPlus}
        title="Nobody has been invited"
        action={<Button onClick={onInvite}>Make a link</Button>}
      >
        Whoever opens an invitation gives a name and is in, with the role you chose. No password is needed.
      </EmptyState>
    );
  return (
    <>
      <InvitationTable project={project} invitations={all} />
      <MoreButton list={invitations} className="mt-3">
        Show more invitations
      </MoreButton>
    </>
  );
}
