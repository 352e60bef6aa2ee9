"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useState } from "react";
import { cn } from "@/components/ui/cn";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Figure } from "@/components/ui/figure";
import { MoreButton } from "@/components/ui/more-button";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Toolbar } from "@/components/ui/toolbar";
import type { InvalidAnswer } from "@/contracts/job-triage";
import type { Job } from "@/contracts/jobs";
import type { LabelDefinition } from "@/contracts/label-schema";
import { problemOf, useTRPC } from "@/trpc/client";
import { reasonText } from "../job-words";
import { AnswerToResolve } from "./answer-to-resolve";
import { useResolve } from "./use-resolve";
import { useTriageKeys } from "./use-triage-keys";

type TriagePanelProps = {
  project: string;
  job: Job;
  labels: readonly LabelDefinition[];
  /** The reader may label. */
  canResolve: boolean;
};

const PAGE = 100;

/** Answers that could not be read, each text once: a person says what it means, for one record or for all. */
export function TriagePanel({ project, job, labels, canResolve }: TriagePanelProps) {
  const trpc = useTRPC();
  const params = useSearchParams();
  const router = useRouter();
  const path = usePathname();
  const onlyOpen = params.get("show") !== "all";
  const query = useInfiniteQuery(
    trpc.jobs.invalidAnswers.infiniteQueryOptions(
      { project, id: job.id, limit: PAGE, ...(onlyOpen ? { resolved: false } : {}) },
      { getNextPageParam: (last) => last.nextCursor ?? undefined },
    ),
  );
  const answers = query.data?.pages.flatMap((page) => page.items) ?? [];
  /** The text that was resolved last: an answer of several records stands for another of them afterwards. */
  const [resolvedText, setResolvedText] = useState<string | null>(null);
  const named = answers.findIndex(({ recordId }) => recordId === params.get("answer"));
  const chosenAt = Math.max(0, named >= 0 ? named : answers.findIndex(({ text }) => text === resolvedText));
  const chosen = answers[chosenAt];

  function goTo(name: string, value: string | null): void {
    const next = new URLSearchParams(params);
    if (value === null) next.delete(name);
    else next.set(name, value);
    router.replace(`${path}?${next}`, { scroll: false });
  }
  const step = (by: number) => {
    const neighbour = answers[chosenAt + by];
    if (neighbour) goTo("answer", neighbour.recordId);
  };
  const writing = useResolve(project, job.id);
  useTriageKeys({ step, undo: writing.undoLast });
  const total = query.data?.pages[0]?.total;

  return (
    <>
      <Toolbar label="Filters">
        <SegmentedControl
          label="Which answers"
          value={onlyOpen ? "open" : "all"}
          onValueChange={(show) => goTo("show", show === "all" ? "all" : null)}
          options={[
            { value: "open", label: "To resolve" },
            { value: "all", label: "All" },
          ]}
        />
        <span role="status" className="text-muted text-xs">
          {total === undefined ? null : (
            <>
              <Figure value={total} /> {total === 1 ? "answer" : "different answers"}
            </>
          )}
        </span>
      </Toolbar>
      {query.isPending ? (
        <SkeletonRows label="Loading answers" />
      ) : query.isError && answers.length === 0 ? (
        <ErrorState
          what="The answers did not load"
          why={problemOf(query.error).detail}
          onRetry={() => void query.refetch()}
        />
      ) : chosen ? (
        <div className="flex lg:min-h-0 lg:flex-1 max-lg:flex-col">
          <div className="min-h-0 shrink-0 overflow-y-auto border-line max-lg:max-h-56 max-lg:border-b lg:w-96 lg:border-r">
            <AnswerList answers={answers} chosen={chosen} onChoose={(id) => goTo("answer", id)} />
            <MoreButton list={query} className="m-3">
              Show more answers
            </MoreButton>
          </div>
          <div className="min-w-0 px-4 py-4 lg:min-h-0 lg:flex-1 lg:overflow-y-auto">
            <AnswerToResolve
              key={`${chosen.recordId} ${chosen.resolved}`}
              project={project}
              job={job}
              labels={labels}
              answer={chosen}
              canResolve={canResolve}
              writing={{
                ...writing,
                resolve(decision, onResolved) {
                  setResolvedText(chosen.text);
                  writing.resolve(decision, onResolved);
                },
              }}
              onSkip={chosenAt < answers.length - 1 ? () => step(1) : undefined}
            />
          </div>
        </div>
      ) : (
        <EmptyState
          icon={CircleCheck}
          title={job.counts.invalid === 0 ? "Every answer could be read" : "Every answer is resolved"}
        >
          {job.counts.invalid === 0
            ? "What a model answers and nobody can read for sure is listed here."
            : "Show all to look at what was decided."}
        </EmptyState>
      )}
    </>
  );
}

type AnswerListProps = {
  answers: readonly InvalidAnswer[];
  chosen: InvalidAnswer;
  onChoose: (recordId: string) => void;
};

function AnswerList({ answers, chosen, onChoose }: AnswerListProps) {
  return (
    <ol aria-label="Answers that could not be read" className="divide-y">
      {answers.map((answer) => (
        <li key={answer.recordId}>
          <button
            type="button"
            aria-current={answer === chosen ? "true" : undefined}
            onClick={() => onChoose(answer.recordId)}
            className={cn(
              "flex w-full flex-col gap-0.5 px-4 py-2 text-left hover:bg-raised",
              answer === chosen && "bg-accent-soft",
            )}
          >
            <span className="line-clamp-2 break-words font-mono text-xs">{answer.text || "(empty)"}</span>
            <span className="flex justify-between gap-3 text-muted text-xs">
              <span className="truncate">{answer.reason ? reasonText(answer.reason) : null}</span>
              <span className="tabular shrink-0">
                {answer.resolved > 0 ? (
                  <>
                    <Figure value={answer.resolved} /> of{" "}
                  </>
                ) : null}
                <Figure value={answer.count} />
                {answer.resolved > 0 ? " resolved" : answer.count === 1 ? " record" : " records"}
              </span>
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}
