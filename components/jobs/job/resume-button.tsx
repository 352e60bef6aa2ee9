"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import type { Job, PausedReason } from "@/contracts/jobs";
import { problemOf, useTRPC } from "@/trpc/client";

type ResumeButtonProps = { project: string; job: Job; reason: PausedReason };

/** Goes on with a paused job; where a key or a cap stood in the way, asks for another one. */
export function ResumeButton({ project, job, reason }: ResumeButtonProps) {
  const trpc = useTRPC();
  const [open, setOpen] = useState(false);
  const [apiKey, setApiKey] = useState("");
  const [cap, setCap] = useState(`${(job.spendCapUsd ?? 0) * 2 || ""}`);
  const resume = useMutation(
    trpc.jobs.resume.mutationOptions({
      onSuccess: () => {
        setOpen(false);
        setApiKey("");
      },
    }),
  );
  const asksKey = reason === "auth" || reason === "out_of_credit";
  const asksCap = reason === "spend_cap";
  const capUsd = Number(cap);
  const capProblem = asksCap && !(capUsd > 0) ? "Give a number above 0." : undefined;

  function send(): void {
    resume.mutate({
      project,
      id: job.id,
      ...(asksKey && apiKey.trim() !== "" ? { apiKey: apiKey.trim() } : {}),
      ...(asksCap ? { spendCapUsd: capUsd } : {}),
    });
  }

  if (!asksKey && !asksCap)
    return (
      <Button busy={resume.isPending} onClick={send}>
        Resume
      </Button>
    );
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={<Button>Resume…</Button>}
      title="Resume this job"
      description="It goes on where it stopped; what was answered is not asked again."
      size="sm"
      footer={
        <Button variant="primary" busy={resume.isPending} disabled={capProblem !== undefined} onClick={send}>
          Resume
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {asksKey ? (
          <Field label="Another key" optional hint="Empty: try the same one again">
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
        ) : null}
        {asksCap ? (
          <Field
            label="Spend cap, US dollars"
            hint="For the whole job, what is spent included"
            error={capProblem}
          >
            {(control) => (
              <Input
                {...control}
                inputMode="decimal"
                value={cap}
                onChange={(event) => setCap(event.target.value)}
              />
            )}
          </Field>
        ) : null}
        {resume.error ? <Notice tone="bad">{problemOf(resume.error).detail}</Notice> : null}
      </div>
    </Dialog>
  );
}
