"use client";

import { useMutation } from "@tanstack/react-query";
import { SlidersHorizontal } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuItem } from "@/components/ui/dropdown-menu";
import { useFormat } from "@/components/ui/figure";
import { IconButton } from "@/components/ui/icon-button";
import { toast } from "@/components/ui/toaster";
import { OpenSessionDialog } from "@/components/verification/opening/open-session-dialog";
import type { Job } from "@/contracts/jobs";
import type { LabelDefinition } from "@/contracts/label-schema";
import { problemOf, useTRPC } from "@/trpc/client";
import { isVerifiable } from "./is-verifiable";

type VerifyButtonProps = { project: string; job: Job; labels: readonly LabelDefinition[] };

/**
 * Opens the job's labels as a live session, the least certain first; with several labels one is chosen. Another order,
 * independent verdicts or a blind share are chosen in a dialog.
 */
export function VerifyButton({ project, job, labels }: VerifyButtonProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const format = useFormat();
  const create = useMutation(
    trpc.sessions.create.mutationOptions({
      onSuccess: ({ id }) => router.push(`/p/${project}/verify/${id}`),
      onError: (error) => void toast.error(problemOf(error).detail),
    }),
  );
  const [choosing, setChoosing] = useState(false);
  const verify = (label: string) => create.mutate({ project, label, jobIds: [job.id], order: "confidence" });
  const [only, ...others] = job.labels;
  const none = !job.labels.some((label) => isVerifiable(job, label));
  if (only === undefined) return null;
  const isOfSpans = labels.some(({ name, level }) => name === only && level === "span");
  const one = isOfSpans ? "spans" : labelsWords(job.counts.parsed, format.count);
  const what = others.length > 0 ? "labels" : one;
  return (
    <>
      {others.length === 0 ? (
        <Button variant="primary" busy={create.isPending} disabled={none} onClick={() => verify(only)}>
          Verify {what}
        </Button>
      ) : (
        <DropdownMenu
          trigger={
            <Button variant="primary" busy={create.isPending} disabled={none}>
              Verify {what}
            </Button>
          }
        >
          {job.labels.map((label) => (
            <MenuItem key={label} disabled={!isVerifiable(job, label)} onSelect={() => verify(label)}>
              {label}
            </MenuItem>
          ))}
        </DropdownMenu>
      )}
      <IconButton label="Choose how to verify" disabled={none} onClick={() => setChoosing(true)}>
        <SlidersHorizontal aria-hidden />
      </IconButton>
      {choosing ? (
        <OpenSessionDialog
          project={project}
          what={`${what} of this job`}
          labels={job.labels}
          jobIds={[job.id]}
          onClose={() => setChoosing(false)}
        />
      ) : null}
    </>
  );
}

function labelsWords(count: number, number: (count: number) => string): string {
  if (count === 0) return "labels";
  return count === 1 ? "1 label" : `${number(count)} labels`;
}
