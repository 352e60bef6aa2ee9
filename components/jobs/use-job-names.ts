"use client";

import { useMemo } from "react";
import { useNamesApart } from "@/components/labelling/use-names-apart";
import type { JobSummary } from "@/contracts/jobs";
import { jobTitle } from "./job-words";

type NamedJob = Pick<JobSummary, "id" | "agentName" | "agentVersion" | "createdAt">;

/** How jobs are called beside each other, by id: by agent and version, and alike ones by when they were started. */
export function useJobNames(jobs: readonly NamedJob[]): ReadonlyMap<string, string> {
  const named = useMemo(
    () => jobs.map((job) => ({ id: job.id, name: jobTitle(job), createdAt: job.createdAt })),
    [jobs],
  );
  return useNamesApart(named);
}
