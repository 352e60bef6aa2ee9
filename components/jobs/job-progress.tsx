import { ProgressBar } from "@/components/ui/progress-bar";
import type { Job } from "@/contracts/jobs";

/** How far a job is: labelled, unreadable, failed; the rest is to be asked. */
export function JobProgress({ counts, className }: { counts: Job["counts"]; className?: string }) {
  return (
    <ProgressBar
      label="Records done"
      total={counts.total}
      parts={[
        { value: counts.parsed, tone: "good", name: "labelled" },
        { value: counts.invalid, tone: "warn", name: "unreadable" },
        { value: counts.callFailed + counts.promptInvalid, tone: "bad", name: "failed" },
      ]}
      {...(className ? { className } : {})}
    />
  );
}
