"use client";

import { LayoutList, type LucideIcon, RectangleVertical } from "lucide-react";
import { GuidelinesButton } from "@/components/labelling/guidelines-button";
import { SaveStateLine } from "@/components/saving/save-state-line";
import { Badge } from "@/components/ui/badge";
import { Figure } from "@/components/ui/figure";
import { PageHeader } from "@/components/ui/page-header";
import { ProgressBar } from "@/components/ui/progress-bar";
import { RelativeTime } from "@/components/ui/relative-time";
import { SegmentedControl } from "@/components/ui/segmented-control";
import type { Work } from "@/contracts/annotating";
import type { Project } from "@/contracts/projects";
import { useAnnotateView } from "./annotate-context";
import { wayBack, workTitle } from "./work-words";

type AnnotateHeaderProps = {
  project: Project;
  work: Work;
  view: "table" | "focus";
  onViewChange: (view: "table" | "focus") => void;
};

const viewOptions = [
  { value: "table", label: <ViewLabel icon={LayoutList} text="Table" /> },
  { value: "focus", label: <ViewLabel icon={RectangleVertical} text="Focus" /> },
] as const;

/** The one line above the records: what is labelled, whether it is safe, by what rules. */
export function AnnotateHeader({ project, work, view, onViewChange }: AnnotateHeaderProps) {
  const { answers } = useAnnotateView();
  return (
    <PageHeader
      crumbs={[wayBack(project, work)]}
      title={workTitle(work)}
      actions={
        <>
          <SaveStateLine state={answers.save} thing="label" />
          <GuidelinesButton labels={work.labels} />
          <SegmentedControl label="View" value={view} onValueChange={onViewChange} options={viewOptions} />
        </>
      }
    />
  );
}

function ViewLabel({ icon: Icon, text }: { icon: LucideIcon; text: string }) {
  return (
    <>
      <Icon aria-hidden />
      <span className="max-sm:sr-only">{text}</span>
    </>
  );
}

/** How far I am, and until when. */
export function WorkProgressLine({ work, progress }: { work: Work; progress: Work["progress"] }) {
  const { records, done, unsure } = progress;
  const { assignment } = work;
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-5 gap-y-1.5 border-b px-4 py-2 text-xs">
      <ProgressBar
        label="Records labelled"
        total={records}
        parts={[{ value: done, tone: "good", name: "labelled" }]}
        className="w-40 shrink-0 max-sm:w-auto max-sm:flex-1"
      />
      <span className="whitespace-nowrap text-muted" data-testid="work-progress">
        <span className="font-medium text-text">
          <Figure value={done} /> of <Figure value={records} />
        </span>{" "}
        labelled
      </span>
      {unsure > 0 ? (
        <span className="whitespace-nowrap text-muted">
          <span className="font-medium text-text">
            <Figure value={unsure} />
          </span>{" "}
          can't tell
        </span>
      ) : null}
      {assignment?.dueAt ? (
        <span className="inline-flex items-center gap-2 whitespace-nowrap text-muted">
          due <RelativeTime value={assignment.dueAt} ahead />
          {assignment.overdue && done < records ? <Badge tone="warn">Overdue</Badge> : null}
        </span>
      ) : null}
    </div>
  );
}
