import { CheckCheck } from "lucide-react";
import { Button, ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { useFormat } from "@/components/ui/figure";
import type { Work } from "@/contracts/annotating";
import type { Project } from "@/contracts/projects";
import { wayBack } from "./work-words";

type AllLabelledProps = { project: Project; work: Work; records: number; onLookThrough: () => void };

/** Nothing is left: where to go from here. The keys of undo still work. */
export function AllLabelled({ project, work, records, onLookThrough }: AllLabelledProps) {
  const format = useFormat();
  const back = wayBack(project, work);
  return (
    <EmptyState
      icon={CheckCheck}
      title={records === 1 ? "The record is answered" : `All ${format.count(records)} records are answered`}
      action={
        <span className="flex flex-wrap justify-center gap-2">
          <ButtonLink variant="primary" href={back.href}>
            Back to {back.label}
          </ButtonLink>
          <Button onClick={onLookThrough}>Look through them</Button>
        </span>
      }
    >
      You can still change every one of them.
    </EmptyState>
  );
}
