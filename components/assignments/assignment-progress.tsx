import { Figure } from "@/components/ui/figure";
import { ProgressBar } from "@/components/ui/progress-bar";
import type { Assignment } from "@/contracts/assignments";

type AssignmentProgressProps = Pick<Assignment, "progress"> & { label: string };

/** Records done of those given, as a bar with its numbers. */
export function AssignmentProgress({ label, progress: { done, records } }: AssignmentProgressProps) {
  return (
    <span className="flex items-center gap-3 whitespace-nowrap">
      <ProgressBar
        label={label}
        total={records}
        parts={[{ value: done, tone: "good", name: "done" }]}
        className="w-28"
      />
      <span className="text-muted">
        <Figure value={done} /> of <Figure value={records} />
      </span>
    </span>
  );
}
