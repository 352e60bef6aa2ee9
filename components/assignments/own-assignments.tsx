"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { annotateHref } from "@/components/annotate/annotate-href";
import { recordsHref } from "@/components/query/records-address";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { useFormat } from "@/components/ui/figure";
import { Section } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { Assignment } from "@/contracts/assignments";
import { problemOf, useTRPC } from "@/trpc/client";
import { AssignmentProgress } from "./assignment-progress";
import { assignedRecords } from "./assignment-words";
import { DueDate } from "./due-date";

type OwnAssignmentsProps = {
  project: string;
  /** The page is about these: it says so when there is nothing, and the next one has its primary button. */
  leads: boolean;
};

/** What was given to whoever looks: how far it is, until when, and the way on. */
export function OwnAssignments({ project, leads }: OwnAssignmentsProps) {
  const trpc = useTRPC();
  const list = useQuery(trpc.assignments.list.queryOptions({ project, mine: true, limit: 100 }));
  const assignments = list.data?.items;
  if (!leads && !assignments?.length) return null;
  // What is left comes first, what is due soonest at the top.
  const ordered = assignments?.toSorted(
    (one, other) => Number(isDone(one)) - Number(isDone(other)) || dueTime(one) - dueTime(other),
  );
  const next = ordered?.find((assignment) => !isDone(assignment));
  return (
    <Section
      title="Assigned to you"
      actions={
        <Link href={`/p/${project}/schema`} className="rounded-sm text-accent hover:underline">
          Labels and guidelines
        </Link>
      }
    >
      {list.isPending ? (
        <SkeletonRows label="Loading your assignments" rows={3} />
      ) : list.isError ? (
        <ErrorState
          what="Your assignments did not load"
          why={problemOf(list.error).detail}
          onRetry={() => void list.refetch()}
        />
      ) : !ordered || ordered.length === 0 ? (
        <EmptyState title="Nothing is assigned to you yet">
          When somebody gives you records to label, they stand here with how far you are.
        </EmptyState>
      ) : (
        <ul className="divide-y border-t">
          {ordered.map((assignment) => (
            <OwnAssignment
              key={assignment.id}
              project={project}
              assignment={assignment}
              isNext={leads && assignment === next}
            />
          ))}
        </ul>
      )}
    </Section>
  );
}

const isDone = ({ progress }: Assignment) => progress.done >= progress.records;
const dueTime = ({ dueAt }: Assignment) => (dueAt === null ? Number.MAX_SAFE_INTEGER : Date.parse(dueAt));

type OwnAssignmentProps = { project: string; assignment: Assignment; isNext: boolean };

function OwnAssignment({ project, assignment, isNext }: OwnAssignmentProps) {
  const { subset, labels, progress } = assignment;
  const format = useFormat();
  const left = progress.records - progress.done;
  const page = annotateHref(project, { assignmentId: assignment.id });
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
      <span className="min-w-0 flex-1 basis-56">
        <Link
          href={recordsHref(project, { query: assignedRecords(assignment) })}
          className="font-medium hover:underline"
        >
          {subset.name}
        </Link>
        <span className="block truncate text-muted text-xs">{labels.join(", ")}</span>
      </span>
      <DueDate {...assignment} />
      <AssignmentProgress label={`${subset.name}: records you labelled`} progress={progress} />
      {isDone(assignment) ? (
        <ButtonLink className="ml-auto" href={`${page}?state=done`}>
          Look through
        </ButtonLink>
      ) : (
        <ButtonLink className="ml-auto" variant={isNext ? "primary" : "secondary"} href={page}>
          {progress.done > 0
            ? `Label the ${format.count(left)} left`
            : `Label ${format.count(left)} ${left === 1 ? "record" : "records"}`}
        </ButtonLink>
      )}
    </li>
  );
}
