"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { ButtonLink } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { MoreButton } from "@/components/ui/more-button";
import { NoPermission } from "@/components/ui/no-permission";
import { SkeletonRows } from "@/components/ui/skeleton";
import { roleAllows } from "@/contracts/roles";
import { problemOf, useTRPC } from "@/trpc/client";
import { SettingsFrame, type SettingsProject } from "../settings-frame";
import { MemberTable } from "./member-table";

type MembersPageProps = { project: SettingsProject; myId: string };

/** Who is in a project; administrators change roles, switch access off, remove, and hand out sign-in links. */
export function MembersPage({ project, myId }: MembersPageProps) {
  const mayManage = roleAllows(project.role, "members:manage");
  return (
    <SettingsFrame
      project={project}
      current="members"
      actions={
        mayManage ? (
          <ButtonLink variant="primary" href={`/p/${project.slug}/settings/invitations?new=1`}>
            Invite people
          </ButtonLink>
        ) : null
      }
    >
      {roleAllows(project.role, "members:read") ? (
        <Members project={project} myId={myId} mayManage={mayManage} />
      ) : (
        <NoPermission title="You can't see the members of this project">
          Reviewers, viewers and administrators can. Ask an administrator for another role.
        </NoPermission>
      )}
    </SettingsFrame>
  );
}

function Members({ project, myId, mayManage }: MembersPageProps & { mayManage: boolean }) {
  const trpc = useTRPC();
  const members = useInfiniteQuery(
    trpc.access.listMembers.infiniteQueryOptions(
      { project: project.slug, limit: 100 },
      { getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined },
    ),
  );
  if (members.error)
    return (
      <ErrorState
        what="Members did not load"
        why={problemOf(members.error).detail}
        onRetry={() => void members.refetch()}
      />
    );
  if (!members.data) return <SkeletonRows label="Loading members" rows={4} />;
  return (
    <>
      <MemberTable
        project={project.slug}
        members={members.data.pages.flatMap((page) => page.items)}
        myId={myId}
        mayManage={mayManage}
      />
      <MoreButton list={members} className="mt-3">
        Show more members
      </MoreButton>
    </>
  );
}
