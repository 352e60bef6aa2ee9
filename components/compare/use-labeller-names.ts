"use client";

import { useMemo } from "react";
import { useNamesApart } from "@/components/labelling/use-names-apart";
import type { Labeller } from "@/contracts/compare";

/** How people and jobs are called here, by id: a job by its agent and version. */
export function useLabellerNames(labellers: readonly Labeller[]): ReadonlyMap<string, string> {
  const named = useMemo(
    () =>
      labellers.map(({ id, name, agent, createdAt }) => ({
        id,
        name: agent ? `${agent.name} v${agent.version}` : name,
        createdAt,
      })),
    [labellers],
  );
  return useNamesApart(named);
}
