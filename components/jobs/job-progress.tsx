import { ProgressBar } from "@/components/ui/progress-bar";
import type { Job } from "@/contracts/jobs";
import { failedCount } from "./job-words";

/** How far a job is: labelled, unreadable, failed, left out; the rest is to be asked. */
export function JobProgress({ counts, className }: { counts: Job["counts"]; className?: string }) {
  return (
    <ProgressBar
      label="Records done"
      total={counts.total}
      parts={[
        { value: counts.parsed, tone: "good", name: "labelled" },
        { value: counts.invalid, tone: "warn", name: "unreadable" },
        { value: failedCount(counts), tone: "bad", name: "failed" },
        { value: counts.examples, tone: "muted", name: "left out as examples" },
      ]}
      {...(className ? { className } : {})}
    />
  );
}
