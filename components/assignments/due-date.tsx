import { Badge } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Assignment } from "@/contracts/assignments";

/** Until when; said aloud when it is past with records left. */
export function DueDate({ dueAt, overdue }: Pick<Assignment, "dueAt" | "overdue">) {
  if (dueAt === null) return <span className="text-faint">No date</span>;
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap">
      <RelativeTime value={dueAt} ahead />
      {overdue ? <Badge tone="warn">Overdue</Badge> : null}
    </span>
  );
}
