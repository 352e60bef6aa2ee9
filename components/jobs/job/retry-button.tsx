"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { useFormat } from "@/components/ui/figure";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toaster";
import type { Job } from "@/contracts/jobs";
import { problemOf, useTRPC } from "@/trpc/client";
import { isOver } from "../job-words";

/** Asks again for what failed. The key of a job is erased at its end, so an ended one may need it again. */
export function RetryButton({ project, job }: { project: string; job: Job }) {
  const trpc = useTRPC();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const [apiKey, setApiKey] = useState("");
  const asksKey = isOver(job.status) && !job.hasServerKey;
  const retry = useMutation(
    trpc.jobs.retryFailed.mutationOptions({
      onSuccess: () => {
        setOpen(false);
        setApiKey("");
      },
      onError: (error) => {
        if (!asksKey) toast.error(problemOf(error).detail);
      },
    }),
  );
  const words = `Retry ${format.count(job.counts.callFailed)} failed`;
  const key = apiKey.trim();
  const send = () => retry.mutate({ project, id: job.id, ...(asksKey && key !== "" ? { apiKey: key } : {}) });

  if (!asksKey)
    return (
      <Button busy={retry.isPending} onClick={send}>
        {words}
      </Button>
    );
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={<Button>{words}…</Button>}
      title="Retry what failed"
      description="Only failed calls are made again; what was answered stays."
      size="sm"
      footer={
        <Button variant="primary" busy={retry.isPending} onClick={send}>
          {words}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <Field
          label="Key for this job"
          optional
          hint="The one given at its start was erased at its end; the server has none for this provider"
        >
          {(control) => (
            <Input
              {...control}
              type="password"
              autoComplete="off"
              value={apiKey}
              onChange={(event) => setApiKey(event.target.value)}
            />
          )}
        </Field>
        {retry.error ? <Notice tone="bad">{problemOf(retry.error).detail}</Notice> : null}
      </div>
    </Dialog>
  );
}
