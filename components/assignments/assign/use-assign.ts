"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { type RecordSource, sourceInput } from "@/components/subsets/record-source";
import { useSubsetsChanged } from "@/components/subsets/use-subset-list";
import type { AssignmentMode } from "@/contracts/assignments";
import type { Subset } from "@/contracts/subsets";
import { useTRPC } from "@/trpc/client";

/** What is given: a subset that is there, or records that become one. */
export type AssignSource = { subset: Pick<Subset, "id" | "name" | "count"> } | RecordSource;

export type AssignRequest = {
  /** Of the new subset, when records are given. */
  name: string;
  userIds: string[];
  mode: AssignmentMode;
  perRecord?: number;
  dueAt?: string;
  labels?: string[];
};

/** Saves the records as a subset when they are none yet, then gives it to the people. A second try keeps the subset. */
export function useAssign(project: string, source: AssignSource, onDone: () => void) {
  const trpc = useTRPC();
  const changed = useSubsetsChanged();
  const [saved, setSaved] = useState<string | null>(null);
  const create = useMutation(trpc.subsets.create.mutationOptions());
  const assign = useMutation(
    trpc.assignments.create.mutationOptions({
      onSuccess: () => {
        changed();
        onDone();
      },
    }),
  );

  function give({ name, ...request }: AssignRequest) {
    const send = (id: string) => assign.mutate({ project, id, ...request });
    if ("subset" in source) return send(source.subset.id);
    if (saved !== null) return send(saved);
    return create.mutate(
      { project, name, kind: "static", ...sourceInput(source) },
      {
        onSuccess: ({ id }) => {
          setSaved(id);
          send(id);
        },
      },
    );
  }

  return { give, busy: create.isPending || assign.isPending, error: create.error ?? assign.error };
}
