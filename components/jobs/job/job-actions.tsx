"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Button, ButtonLink } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toaster";
import type { Job } from "@/contracts/jobs";
import type { LabelDefinition } from "@/contracts/label-schema";
import { problemOf, useTRPC } from "@/trpc/client";
import { isOver, jobTitle } from "../job-words";
import { RetryButton } from "./retry-button";
import { VerifyButton } from "./verify-button";

type JobActionsProps = {
  project: string;
  job: Job;
  /** Of the schema version that the job froze. */
  labels: readonly LabelDefinition[];
  canRun: boolean;
  canVerify: boolean;
};

/** What can be done with the job in its present state. */
export function JobActions({ project, job, labels, canRun, canVerify }: JobActionsProps) {
  return (
    <>
      {canRun ? <RunActions project={project} job={job} /> : null}
      <ButtonLink href={`/p/${project}/jobs/compare?a=${job.id}`}>Compare with</ButtonLink>
      {canVerify ? <VerifyButton project={project} job={job} labels={labels} /> : null}
    </>
  );
}

function RunActions({ project, job }: { project: string; job: Job }) {
  const trpc = useTRPC();
  const [asking, setAsking] = useState(false);
  const onError = (error: unknown) => void toast.error(problemOf(error).detail);
  const pause = useMutation(trpc.jobs.pause.mutationOptions({ onError }));
  const cancel = useMutation(
    trpc.jobs.cancel.mutationOptions({ onError, onSettled: () => setAsking(false) }),
  );
  const ref = { project, id: job.id };
  const mayRetry =
    job.counts.callFailed > 0 &&
    (job.status === "succeeded" || job.status === "failed" || job.status === "running");
  return (
    <>
      {mayRetry ? <RetryButton project={project} job={job} /> : null}
      {job.status === "queued" || job.status === "running" ? (
        <Button busy={pause.isPending} onClick={() => pause.mutate(ref)}>
          Pause
        </Button>
      ) : null}
      {isOver(job.status) ? null : (
        <Button variant="danger" onClick={() => setAsking(true)}>
          Cancel
        </Button>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Cancel ${jobTitle(job)}?`}
        description="No further call is made. Labels that it has written stay; it can't be resumed."
        verb="Cancel the job"
        danger
        busy={cancel.isPending}
        onConfirm={() => cancel.mutate(ref)}
      />
    </>
  );
}
