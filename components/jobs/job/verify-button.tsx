"use client";

import { SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuItem } from "@/components/ui/dropdown-menu";
import { useFormat } from "@/components/ui/figure";
import { IconButton } from "@/components/ui/icon-button";
import { OpenSessionDialog } from "@/components/verification/opening/open-session-dialog";
import type { Job } from "@/contracts/jobs";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { Session } from "@/contracts/sessions";
import { isVerifiable } from "./is-verifiable";
import { useVerifyJob } from "./use-verify-job";

type VerifyButtonProps = { project: string; job: Job; labels: readonly LabelDefinition[] };

/**
 * The way into the live session on the job's labels, the least certain first; where one is open people go on in it. With
 * several labels one is chosen. Another session, with another order, independent verdicts or a blind share, is opened by
 * a dialog.
 */
export function VerifyButton({ project, job, labels }: VerifyButtonProps) {
  const format = useFormat();
  const { openOf, verify, busy } = useVerifyJob(project, job);
  const [choosing, setChoosing] = useState(false);
  const [only, ...others] = job.labels;
  const none = !job.labels.some((label) => isVerifiable(job, label));
  if (only === undefined) return null;
  const isOfSpans = labels.some(({ name, level }) => name === only && level === "span");
  const one = isOfSpans ? "spans" : labelsWords(job.counts.parsed, format.count);
  const what = others.length > 0 ? "labels" : one;
  const open = openOf(only);
  return (
    <>
      {others.length === 0 ? (
        <Button variant="primary" busy={busy} disabled={none} onClick={() => verify(only)}>
          {open ? goOnWords(open, format.count) : `Verify ${what}`}
        </Button>
      ) : (
        <DropdownMenu
          trigger={
            <Button variant="primary" busy={busy} disabled={none}>
              Verify {what}
            </Button>
          }
        >
          {job.labels.map((label) => (
            <MenuItem key={label} disabled={!isVerifiable(job, label)} onSelect={() => verify(label)}>
              {label}
              <OpenMark session={openOf(label)} />
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

function OpenMark({ session }: { session: Session | undefined }) {
  const format = useFormat();
  if (!session) return null;
  return <span className="ml-auto pl-4 text-faint">{goOnWords(session, format.count)}</span>;
}

const goOnWords = ({ counts }: Session, number: (count: number) => string): string =>
  counts.left === 0 ? "Open session, all verified" : `Go on verifying, ${number(counts.left)} left`;

function labelsWords(count: number, number: (count: number) => string): string {
  if (count === 0) return "labels";
  return count === 1 ? "1 label" : `${number(count)} labels`;
}
