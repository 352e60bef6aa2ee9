"use client";

import { useParams } from "next/navigation";
import { ButtonLink } from "@/components/ui/button";
import { NoPermission } from "@/components/ui/no-permission";

/** For a member of the project: the same words whether there is such a session or not. */
export function SessionNotOpen() {
  const { project } = useParams<{ project: string }>();
  return (
    <NoPermission
      title="This session isn't open to you"
      action={<ButtonLink href={`/p/${project}/verify`}>Show sessions open to you</ButtonLink>}
    >
      Ask a reviewer or an administrator of the project to let you in: by “People” in the session's menu. If
      you are one of them, there is no session at this address.
    </NoPermission>
  );
}
