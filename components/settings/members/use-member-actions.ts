"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "@/components/ui/toaster";
import type { Member } from "@/contracts/access";
import type { ProjectRole } from "@/contracts/roles";
import { problemOf, useTRPC } from "@/trpc/client";
import { roleName } from "../role-wording";

/** What an administrator does to a member; what can be undone is done at once and offers it. */
export function useMemberActions(project: string) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const options = {
    onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.access.listMembers.pathKey() }),
    onError: (error: unknown) => {
      toast.error(problemOf(error).detail);
    },
  };
  const patch = useMutation(trpc.access.patchMember.mutationOptions(options));
  const removal = useMutation(trpc.access.removeMember.mutationOptions(options));

  function apply(change: { userId: string; role?: ProjectRole; disabled?: boolean }, done?: () => void) {
    patch.mutate({ project, ...change }, done ? { onSuccess: done } : {});
  }

  return {
    busy: patch.isPending || removal.isPending,
    changeRole({ userId, name, role: before }: Member, role: ProjectRole) {
      const undo = { label: "Undo", onClick: () => apply({ userId, role: before }) };
      apply({ userId, role }, () =>
        toast(`${name} is now ${roleName(role).toLowerCase()}`, { action: undo }),
      );
    },
    switchAccess({ userId, name }: Member, disabled: boolean) {
      const undo = { label: "Undo", onClick: () => apply({ userId, disabled: !disabled }) };
      apply({ userId, disabled }, () =>
        toast(disabled ? `${name} has no access now` : `${name} has access again`, { action: undo }),
      );
    },
    remove({ userId, name }: Member, done: () => void) {
      removal.mutate(
        { project, userId },
        {
          onSuccess: () => toast(`${name} was removed`),
          onSettled: done,
        },
      );
    },
  };
}
