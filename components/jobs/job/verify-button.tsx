"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuItem } from "@/components/ui/dropdown-menu";
import { useFormat } from "@/components/ui/figure";
import { toast } from "@/components/ui/toaster";
import type { Job } from "@/contracts/jobs";
import { problemOf, useTRPC } from "@/trpc/client";

/** Opens the job's labels as a live session, the least certain first; with several labels one is chosen. */
export function VerifyButton({ project, job }: { project: string; job: Job }) {
  const trpc = useTRPC();
  const router = useRouter();
  const format = useFormat();
  const create = useMutation(
    trpc.sessions.create.mutationOptions({
      onSuccess: ({ id }) => router.push(`/p/${project}/verify/${id}`),
      onError: (error) => void toast.error(problemOf(error).detail),
    }),
  );
  const verify = (label: string) => create.mutate({ project, label, jobIds: [job.id], order: "confidence" });
  const [only, ...others] = job.labels;
  const none = job.counts.parsed === 0;
  if (only === undefined) return null;
  if (others.length === 0)
    return (
      <Button variant="primary" busy={create.isPending} disabled={none} onClick={() => verify(only)}>
        Verify {format.count(job.counts.parsed)} labels
      </Button>
    );
  return (
    <DropdownMenu
      trigger={
        <Button variant="primary" busy={create.isPending} disabled={none}>
          Verify labels
        </Button>
      }
    >
      {job.labels.map((label) => (
        <MenuItem key={label} onSelect={() => verify(label)}>
          {label}
        </MenuItem>
      ))}
    </DropdownMenu>
  );
}
