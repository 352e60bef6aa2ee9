"use client";

import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import type { Person } from "@/components/ui/avatar";
import { useTRPC } from "@/trpc/client";
import { useNamesApart } from "./use-names-apart";

/**
 * What the members of a project are called, by id; those of one name are called apart by when they joined.
 * Not `enabled` where the reader may not ask who is a member, or nobody is named.
 */
function usePeopleApart(project: string, enabled = true): ReadonlyMap<string, string> {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.access.listMembers.queryOptions({ project, limit: 1000 }, { enabled }));
  const members = useMemo(
    () => data?.items.map(({ userId, name, joinedAt }) => ({ id: userId, name, createdAt: joinedAt })) ?? [],
    [data],
  );
  return useNamesApart(members);
}

/** Gives people the names of {@link usePeopleApart}; whoever has none there keeps their own. */
export function useCalledApart(project: string, enabled = true): <P extends Person>(person: P) => P {
  const nameOf = usePeopleApart(project, enabled);
  return useCallback((person) => ({ ...person, name: nameOf.get(person.id) ?? person.name }), [nameOf]);
}
