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
  const trpc = useTRPC();
  const mayManage = roleAllows(project.role, "members:manage");
  const [inviting, setInviting] = useState(startNew);
  const invitations = useInfiniteQuery(
    trpc.access.listInvitations.infiniteQueryOptions(
      { project: project.slug, limit: 100 },
      { enabled: mayManage, getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined },
    ),
  );
  const all = invitations.data?.pages.flatMap((page) => page.items);
  const invite = (
    <Button variant="primary" onClick={() => setInviting(true)}>
      Invite people
    </Button>
  );
  return (
    <SettingsFrame
      project={project}
      current="invitations"
      actions={mayManage && all?.length !== 0 ? invite : null}
    >
      {!mayManage ? (
        <NoPermission title="You can't see invitations">
          Only administrators of the project can invite people.
        </NoPermission>
      ) : invitations.error ? (
        <ErrorState
          what="Invitations did not load"
          why={problemOf(invitations.error).detail}
          onRetry={() => void invitations.refetch()}
        />
      ) : all === undefined ? (
        <SkeletonRows label="Loading invitations" rows={4} />
      ) : all.length === 0 ? (
        <EmptyState icon={MailPlus} title="Nobody has been invited" action={invite}>
          Whoever opens an invitation gives a name and is in, with the role you chose. No password is needed.
        </EmptyState>
      ) : (
        <>
          <InvitationTable project={project.slug} invitations={all} />
          <MoreButton list={invitations} className="mt-3">
            Show more invitations
          </MoreButton>
        </>
      )}
      {mayManage ? <InviteDialog project={project.slug} open={inviting} onOpenChange={setInviting} /> : null}
    </SettingsFrame>
  );
}
