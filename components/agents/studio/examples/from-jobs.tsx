"use client";

import { useQueries, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useId } from "react";
import { useJobNames } from "@/components/jobs/use-job-names";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { ErrorState } from "@/components/ui/error-state";
import { Figure } from "@/components/ui/figure";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { JobSummary } from "@/contracts/jobs";
import { MOST_JOBS_OF_EXAMPLES } from "@/contracts/prompt-examples";
import { problemOf, useTRPC } from "@/trpc/client";
import { useStudio } from "../studio-context";

/** Jobs that are offered: the newest. */
const OFFERED = 100;
const noJobs: never[] = [];

type FromJobsProps = {
  /** undefined: of every job. */
  jobIds: readonly string[] | undefined;
  put: (jobIds: string[] | undefined) => void;
};

/** Of which jobs the verified labels are taken; of none chosen, those of every job. */
export function FromJobs({ jobIds = [], put }: FromJobsProps) {
  const { problemAt, readOnly } = useStudio();
  const hintId = useId();
  const problem = [
    problemAt("prompt.examples.from.jobIds"),
    ...jobIds.map((_id, place) => problemAt(`prompt.examples.from.jobIds.${place}`)),
  ].find((message) => message !== undefined);
  const toggle = (id: string, on: boolean) => {
    const next = on ? [...jobIds, id] : jobIds.filter((other) => other !== id);
    put(next.length > 0 ? next : undefined);
  };
  return (
    <fieldset aria-describedby={hintId} className="flex flex-col gap-1">
      <legend className="font-medium">Verified labels of</legend>
      <p id={hintId} className="text-faint text-xs">
        {jobIds.length === 0
          ? "Every job: records with a verdict on any job's label, or reconciled."
          : `Only records with a verdict on a label of ${jobIds.length === 1 ? "this job" : `these ${jobIds.length} jobs`}.`}
      </p>
      <JobChoices chosen={jobIds} toggle={toggle} />
      {problem ? (
        <p role="alert" className="text-bad text-xs">
          {problem}
        </p>
      ) : null}
      {jobIds.length > 0 && !readOnly ? (
        <Button size="sm" className="self-start" onClick={() => put(undefined)}>
          Take every job
        </Button>
      ) : null}
    </fieldset>
  );
}

type JobChoicesProps = { chosen: readonly string[]; toggle: (id: string, on: boolean) => void };

function JobChoices({ chosen, toggle }: JobChoicesProps) {
  const { project, draft, readOnly } = useStudio();
  const trpc = useTRPC();
  const list = useQuery(trpc.jobs.list.queryOptions({ project, limit: OFFERED }));
  const listed = list.data?.items ?? noJobs;
  // Chosen ones that are older than what is offered, or gone.
  const unlisted = list.data ? chosen.filter((id) => !listed.some((job) => job.id === id)) : [];
  const older = useQueries({
    queries: unlisted.map((id) =>
      trpc.jobs.get.queryOptions({ project, id }, { staleTime: Number.POSITIVE_INFINITY }),
    ),
  }).flatMap(({ data }) => data ?? []);
  const nameOf = useJobNames([...listed, ...older]);
  if (list.error)
    return (
      <ErrorState
        what="The jobs did not load"
        why={problemOf(list.error).detail}
        onRetry={() => void list.refetch()}
        className="py-4"
      />
    );
  if (!list.data) return <SkeletonRows label="Loading jobs" rows={3} />;
  const offered = listed.filter(
    ({ id, labels }) => chosen.includes(id) || labels.some((name) => draft.prompt.labels.includes(name)),
  );
  if (offered.length + unlisted.length === 0)
    return (
      <p className="text-muted">
        No job has written these labels yet.{" "}
        <Link href={`/p/${project}/jobs/new`} className="text-accent">
          Run an agent
        </Link>
      </p>
    );
  const full = chosen.length >= MOST_JOBS_OF_EXAMPLES;
  const box = (id: string) => ({
    checked: chosen.includes(id),
    disabled: readOnly || (full && !chosen.includes(id)),
    onCheckedChange: (on: boolean | "indeterminate") => toggle(id, on === true),
  });
  return (
    <div className="max-h-44 overflow-y-auto">
      {offered.map((job) => (
        <Checkbox key={job.id} label={nameOf.get(job.id)} hint={<JobFacts job={job} />} {...box(job.id)} />
      ))}
      {unlisted.map((id) => (
        <Checkbox key={id} label={nameOf.get(id) ?? "A job"} hint="Not among the newest jobs" {...box(id)} />
      ))}
    </div>
  );
}

function JobFacts({ job }: { job: JobSummary }) {
  return (
    <>
      {job.model}, {job.labels.join(", ")}, <Figure value={job.counts.parsed} /> labelled,{" "}
      <RelativeTime value={job.createdAt} />
    </>
  );
}
